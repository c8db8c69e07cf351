-- Who audits the ledger reads lines with a length of two bytes, so a longer one must not get in.
create function ledger_refuse_line(bytes int) returns bytea language plpgsql as $$
begin
    raise exception 'the event''s canonical line has % bytes, and may have 65535', bytes using errcode = 'PL002';
end
$$;
