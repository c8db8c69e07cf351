-- A stream of events has a row from its beginning and another from its end, which tells when that was and how many events it had.
alter table ledger_read add column until timestamptz null;
