-- Whose tree the notes are about: the log of the last row. Another log begins only where an operator accepts a database that is
-- older than the last note of the one before, because no key ever signs two histories.
create table ledger_log (
    number      int primary key,
    origin      text not null unique,
    ground      text null, -- why the operator accepted it; null for the first
    accepted_by uuid null, -- which operator that was, as in ledger_person
    started_at  timestamptz not null default now()
);

-- The Merkle tree over ledger_leaf: its nodes with all their leaves, at every eighth level from 8 on. What lies between two kept
-- levels follows from at most 256 hashes.
create table ledger_node (
    level smallint not null check (level > 0 and level % 8 = 0),
    index bigint not null, -- from 0: the node's first leaf is index · 2^level
    hash  bytea not null check (octet_length(hash) = 32),
    primary key (level, index)
);

-- Each signed tree head, word for word.
create table ledger_note (
    origin text not null,
    size   bigint not null,
    note   text not null,
    primary key (origin, size)
);

create trigger ledger_refuse_edit before update or delete or truncate on ledger_note
    for each statement execute function ledger_refuse_edit();
