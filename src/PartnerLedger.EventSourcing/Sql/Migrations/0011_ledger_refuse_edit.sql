create function ledger_refuse_edit() returns trigger language plpgsql as $$
begin
    raise exception '% on % is refused: what the ledger has stored is never edited', tg_op, tg_table_name
        using errcode = 'PL001';
end
$$;

create trigger ledger_refuse_edit before update or delete or truncate on mt_events
    for each statement execute function ledger_refuse_edit();

create trigger ledger_refuse_edit before update or delete or truncate on ledger_leaf
    for each statement execute function ledger_refuse_edit();
