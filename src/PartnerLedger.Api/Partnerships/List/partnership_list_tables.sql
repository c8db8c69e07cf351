-- What most events leave as it is, with all that is searched, apart from what every event changes: a note then costs neither
-- a row nor entries in the indexes here.
create table listed_partnership (
    id               uuid primary key,
    name             text collate "C" not null,
    folded_name      text collate "C" not null,
    state            text not null,
    sectors          text[] not null,
    sectors_complete bool not null,
    regions          text[] not null,
    factors          text[] not null,
    proposed_on      text null
);

create index listed_by_name on listed_partnership (folded_name, id);
create index listed_by_state on listed_partnership (state);
create index listed_by_factor on listed_partnership using gin (factors);
create index listed_by_region on listed_partnership using gin (regions);

do $$
begin
    if exists (select from pg_opclass where opcname = 'gin_trgm_ops') then
        create index listed_by_part_of_name on listed_partnership using gin (folded_name gin_trgm_ops);
    end if;
end
$$;

-- The last event of each.
create table listed_change (
    id               uuid primary key,
    version          bigint not null,
    position         bigint not null,
    last_recorded_at timestamptz not null
);

create index listed_by_position on listed_change (position);
