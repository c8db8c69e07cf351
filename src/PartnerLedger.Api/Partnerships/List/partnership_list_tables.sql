create table partnership (
    id               uuid primary key,
    name             text collate "C" not null,
    folded_name      text collate "C" not null,
    state            text not null,
    sectors          text[] not null,
    sectors_complete bool not null,
    regions          text[] not null,
    factors          text[] not null,
    proposed_on      text null,
    version          bigint not null,
    position         bigint not null,
    last_recorded_at timestamptz not null
);

create index partnership_by_position on partnership (position);
create index partnership_by_name on partnership (folded_name, id);
create index partnership_by_state on partnership (state, position);
create index partnership_by_factor on partnership using gin (factors);
create index partnership_by_region on partnership using gin (regions);
