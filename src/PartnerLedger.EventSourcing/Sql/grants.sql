-- What the serving role may do: append and read events, never edit them; erase texts and people; keep its read models.
-- {role} and {database} are quoted identifiers. Run again at every start, so that a new serving role needs no migration.
revoke all on all tables in schema {schema} from {role};
grant usage on schema {schema} to {role};
grant select, insert on mt_events, ledger_leaf to {role};
grant select, insert, update (version, timestamp) on mt_streams to {role};
grant select, update on ledger_head to {role};
grant select, insert, delete on ledger_text, ledger_person to {role};
grant select, insert, update (secret, request_hmac) on ledger_key to {role};
grant select, insert, update (key, secret, request_hmac, state, reason, through_stream, moved, first_position, position, finished_at) on ledger_import to {role};
grant select, insert, update (packed), delete, truncate on ledger_import_event to {role};
grant select, insert, update (is_swept) on ledger_erased_person to {role};
grant select, insert, update, delete on mt_event_progression, ledger_projection, ledger_parked to {role};
grant select, insert on ledger_log, ledger_node, ledger_note, ledger_erasure to {role};
grant select, insert, delete on ledger_read, ledger_read_gap to {role};
grant select on ledger_migration to {role};
grant create on database {database} to {role};
