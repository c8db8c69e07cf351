-- The one row that gives positions: locked, raised and committed with the events that take them.
create table ledger_head (
    only_row    bool primary key default true check (only_row),
    position    bigint not null,
    recorded_at timestamptz not null
) with (fillfactor = 10);

insert into ledger_head (position, recorded_at) values (0, 'epoch');
