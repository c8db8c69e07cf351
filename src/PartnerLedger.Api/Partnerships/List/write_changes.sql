insert into listed_change as c (id, version, position, last_recorded_at)
select * from unnest($1, $2, $3, $4)
on conflict (id) do update set version = excluded.version, position = excluded.position, last_recorded_at = excluded.last_recorded_at
