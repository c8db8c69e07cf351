-- Streams whose event a projection could not apply: they wait from that position on, in order; the others go on.
create table ledger_parked (
    projection text not null,
    stream_id  uuid not null,
    position   bigint not null,
    reason     text not null,
    parked_at  timestamptz not null default now(),
    primary key (projection, stream_id)
);
