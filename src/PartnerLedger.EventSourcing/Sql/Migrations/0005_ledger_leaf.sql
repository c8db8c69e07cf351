-- SHA-256(0x00 || canonical line) of each event, as it was when it was appended.
create table ledger_leaf (
    position bigint primary key,
    hash     bytea not null check (octet_length(hash) = 32)
);
