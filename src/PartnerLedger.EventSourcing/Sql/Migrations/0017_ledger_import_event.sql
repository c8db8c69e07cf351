-- What imports come to until all of it is moved, and then no more: a stream's events, several a row where they follow each other in the file.
-- By stream, so that each is moved whole. Numbers up to 0 are streams that existed before the file.
create table ledger_import_event (
    import    uuid not null,
    stream    bigint not null,
    -- Of the first one.
    version   bigint not null,
    stream_id uuid not null,
    events    int not null check (events > 0),
    -- They themselves with their free texts, closely packed; never searched, so neither compressed nor, up to a page, kept elsewhere.
    packed    bytea not null,
    primary key (import, stream, version)
) with (toast_tuple_target = 8160);

alter table ledger_import_event alter column packed set storage external;
