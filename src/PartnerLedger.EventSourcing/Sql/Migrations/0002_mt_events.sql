create table mt_events (
    seq_id         bigint not null constraint pkey_mt_events_seq_id primary key,
    id             uuid not null,
    stream_id      uuid constraint fkey_mt_events_stream_id references mt_streams (id) on delete cascade,
    version        bigint not null,
    data           jsonb not null,
    bdata          bytea null,
    type           varchar(500) not null,
    timestamp      timestamptz not null default now(),
    tenant_id      varchar default '*DEFAULT*',
    mt_dotnet_type varchar null,
    correlation_id varchar null,
    causation_id   varchar null,
    headers        jsonb null,
    user_name      varchar null,
    is_archived    bool default false
);

create unique index pk_mt_events_stream_and_version on mt_events (stream_id, version);

-- Positions come from ledger_head; the sequence stands for Marten alone, until the ledger is handed over.
create sequence mt_events_sequence owned by mt_events.seq_id;
