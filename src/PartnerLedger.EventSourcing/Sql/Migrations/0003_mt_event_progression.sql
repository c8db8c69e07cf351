create table mt_event_progression (
    name         varchar not null constraint pk_mt_event_progression primary key,
    last_seq_id  bigint null,
    last_updated timestamptz null default transaction_timestamp()
);
