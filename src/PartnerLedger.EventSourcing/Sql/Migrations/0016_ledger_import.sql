-- Files of commands that were checked whole and go into the ledger by large transactions.
-- Erasing a text deletes secret and hmac of the imports whose positions enclose it, as it does in ledger_key.
create table ledger_import (
    id              uuid primary key,
    owner           uuid not null,
    key             text null,
    secret          bytea null,
    request_hmac    bytea null,
    correlation_id  text null,
    causation_id    text null,
    stream_type     text not null,
    -- A stream that the file's decisions rest on: it must be at this version still when the first event goes in.
    basis_id        uuid null,
    basis_version   bigint null,
    -- Ids that its events have for people of whom the ledger came to know while the file was checked, and beside them those to be stored instead.
    given_people    uuid[] not null default '{}',
    known_people    uuid[] not null default '{}',
    lines           bigint not null,
    streams         bigint not null,
    events          bigint not null,
    state           text not null default 'running' check (state in ('running', 'done', 'refused', 'stopped')),
    reason          text null,
    -- How far it has come: the number of the last stream moved, and events so far; null before the first.
    through_stream  bigint null,
    moved           bigint not null default 0,
    first_position  bigint null,
    position        bigint null,
    created_at      timestamptz not null default now(),
    finished_at     timestamptz null,
    unique (owner, key)
);

create index ledger_import_running on ledger_import (created_at) where state = 'running';
