-- The last position recorded by a moment, 0 before the first. Positions have no gaps and recorded time never falls along
-- them, so a binary search over the primary key answers without an index on time.
create function ledger_position_at(moment timestamptz) returns bigint language plpgsql stable as $$
declare
    low    bigint := 0;
    high   bigint := (select position from ledger_head);
    middle bigint;
begin
    while low < high loop
        middle := (low + high + 1) / 2;
        if (select e.timestamp from mt_events e where e.seq_id = middle) <= moment then
            low := middle;
        else
            high := middle - 1;
        end if;
    end loop;
    return low;
end
$$;
