-- Of one tree there may be several notes: a key that takes over signs with the one before what that had signed alone.
alter table ledger_note add column number int not null default 1;
alter table ledger_note alter column number drop default;
alter table ledger_note drop constraint ledger_note_pkey;
alter table ledger_note add primary key (origin, size, number);
