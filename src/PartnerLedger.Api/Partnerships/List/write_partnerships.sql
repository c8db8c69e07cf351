insert into listed_partnership as p (id, name, folded_name, state, sectors, sectors_complete, regions, factors, proposed_on)
select id, name, folded_name, state, string_to_array(sectors, ','), sectors_complete,
       array(select jsonb_array_elements_text(regions::jsonb)), array(select jsonb_array_elements_text(factors::jsonb)), proposed_on
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) as row (
    id, name, folded_name, state, sectors, sectors_complete, regions, factors, proposed_on)
on conflict (id) do update set
    name = excluded.name, folded_name = excluded.folded_name, state = excluded.state, sectors = excluded.sectors,
    sectors_complete = excluded.sectors_complete, regions = excluded.regions, factors = excluded.factors,
    proposed_on = excluded.proposed_on
