-- Who asked what, when, and how much was answered. Rows come in batches after the answers, and go when their time is over.
create table ledger_read (
    id     uuid not null,        -- made by the node that answered: a batch that is sent twice is kept once
    at     timestamptz not null, -- when the request came
    person uuid not null,        -- as in ledger_person; once erased there, nobody's
    roles  text[] not null,      -- those the token carried
    route  text not null,        -- such as /api/partnerships/{id}/history
    path   text not null,
    query  text null,            -- as it was sent, what people searched for included
    status int not null,         -- of the answer, a refusal as well
    rows   bigint null,          -- in the answer's list; null where it has none
    primary key (at, id)
);

create index ledger_read_person on ledger_read (person, at, id);
create index ledger_read_route on ledger_read (route, at, id);

-- How many reads a node could not keep, because too many waited or the database refused them.
create table ledger_read_gap (
    id    uuid primary key,
    since timestamptz not null,
    until timestamptz not null,
    reads bigint not null
);

create index ledger_read_gap_until on ledger_read_gap (until);
