-- Which version of a projection its read-model tables were built by.
create table ledger_projection (
    name    text primary key,
    version int not null
);
