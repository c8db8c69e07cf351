-- Whom the random ids in events stand for. Deleting a row here makes the person nameless.
create table ledger_person (
    id      uuid primary key,
    kind    text not null check (kind in ('actor', 'informant')),
    issuer  text not null,
    subject text not null,
    unique (kind, issuer, subject)
);
