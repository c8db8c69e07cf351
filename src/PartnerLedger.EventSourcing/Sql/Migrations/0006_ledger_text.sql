-- What people wrote. The event holds only SHA-256(salt || text); deleting a row here erases the text.
create table ledger_text (
    position bigint not null,
    member   text not null,
    salt     bytea not null check (octet_length(salt) = 32),
    text     text not null,
    primary key (position, member)
);
