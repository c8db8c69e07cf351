-- One accepted request a row: its answer, and an HMAC of the request under the row's own random key.
-- Deleting secret and hmac (an erasure) leaves the answer, which is then given unconditionally.
create table ledger_key (
    owner        uuid not null,
    key          text not null,
    secret       bytea null,
    request_hmac bytea null,
    stream_id    uuid not null,
    version      bigint not null,
    position     bigint not null,
    answer       text not null,
    primary key (owner, key)
);
