-- The leaf of a canonical line. Who audits the ledger reads lines with a length of two bytes, so a longer one must not get in.
create function ledger_leaf_hash(line text) returns bytea language plpgsql immutable strict as $$
declare
    bytes bytea := convert_to(line, 'UTF8');
begin
    if length(bytes) > 65535 then
        raise exception 'the event''s canonical line has % bytes, and may have 65535', length(bytes) using errcode = 'PL002';
    end if;
    return sha256('\x00'::bytea || bytes);
end
$$;
