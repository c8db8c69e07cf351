-- $1 states, $2 sectors, $3 regions, $4 factors (null: any); $5 a pattern of the folded name; $6, $7 where the page begins; $8 rows.
select checkpoint.last_seq_id, page.*
from (select last_seq_id from mt_event_progression where name = 'ledger/partnerships') checkpoint
left join lateral (
    select id, name, state, sectors, sectors_complete, regions, factors, proposed_on, version, position, last_recorded_at
    from listed_partnership join listed_change using (id)
    where ($1::text[] is null or state = any ($1))
      and ($2::text[] is null or sectors && $2)
      and ($3::text[] is null or regions && $3)
      and ($4::text[] is null or factors && $4)
      and {search}
      and {resume}
    order by {order}
    limit $8
) page on true
