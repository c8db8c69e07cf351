-- What the analysis knows and when it knew it: a row holds from the position that brought it up to the one that ended it,
-- and still holds where to_position is null. Corrections close rows; they never change what held before them.

create table partnership (
    stream_id     uuid not null,
    from_position bigint not null,
    to_position   bigint null,
    state         text collate "C" not null,
    sectors       smallint not null, -- bits: 1 nonprofit, 2 industry, 4 government
    complete      boolean not null,  -- whether the sectors of all partners are known
    regions       text[] collate "C" not null, -- distinct and in order
    opened_first  date null, -- the first event's occurredOn, as the days it may have been
    opened_last   date null,
    since         date null, -- the days on which it came into its state, was first proposed and first met an end
    proposed      date null,
    ended         date null,
    ending        text collate "C" null, -- which end that was: failed, successful or ended
    recovered     date null, -- the last day on which it came from struggling or undeveloped to active or successful
    primary key (stream_id, from_position)
);

-- The steps of a life, each with the state it left. A day is the one that stands for occurredOn in arithmetic.
create table step (
    stream_id     uuid not null,
    version       bigint not null,
    from_position bigint not null,
    to_position   bigint null,
    recorded      date not null, -- the day (UTC) on which from_position was recorded
    state         text collate "C" not null,
    occurred      date not null,
    left_state    text collate "C" null, -- null for the first step
    left_since    date null,
    first_entry   boolean not null, -- whether the partnership comes into the state for the first time
    first_move    boolean not null, -- whether it goes from that state to this for the first time
    primary key (stream_id, version, from_position)
);

create table note (
    stream_id      uuid not null,
    version        bigint not null,
    from_position  bigint not null,
    to_position    bigint null,
    factor         text collate "C" not null,
    informant      uuid null,
    region         text collate "C" null, -- the informant's
    occurred_first date not null,
    occurred_last  date not null,
    primary key (stream_id, version, from_position)
);

-- That somebody told of a partnership, once however often.
create table teller (
    stream_id     uuid not null,
    informant     uuid not null,
    region        text collate "C" not null, -- the informant's; empty where it was not given
    from_position bigint not null,
    to_position   bigint null,
    primary key (stream_id, informant, region, from_position)
);

-- That somebody told of a partnership from a region, once however often.
create table told_from (
    stream_id     uuid not null,
    region        text collate "C" not null,
    from_position bigint not null,
    to_position   bigint null,
    primary key (stream_id, region, from_position)
);

-- The present is found without the past: these hold all that most questions of it ask.
create unique index partnership_present on partnership (stream_id) where to_position is null;
create index note_present on note (factor, informant, stream_id) where to_position is null;
create index teller_present on teller (informant, stream_id) where to_position is null;

-- What no longer holds is found by the positions at which it held, without the rest of the past.
create index partnership_past on partnership using gist (int8range(from_position, to_position)) where to_position is not null;
create index note_past on note using gist (int8range(from_position, to_position)) where to_position is not null;
create index teller_past on teller using gist (int8range(from_position, to_position)) where to_position is not null;
create index step_past on step using gist (int8range(from_position, to_position)) where to_position is not null;
create index told_from_past on told_from using gist (int8range(from_position, to_position)) where to_position is not null;

-- The present, counted: each partnership is in one cell, so that cells add up.
create table cell (
    state        text collate "C" not null,
    sectors      smallint not null,
    complete     boolean not null,
    regions      text[] collate "C" not null,
    partnerships bigint not null,
    primary key (state, sectors, complete, regions)
);

-- The partnerships of a cell that have a factor noted at least once.
create table factor_cell (
    factor       text collate "C" not null,
    state        text collate "C" not null,
    sectors      smallint not null,
    complete     boolean not null,
    regions      text[] collate "C" not null,
    partnerships bigint not null,
    recovered    bigint not null, -- those of them that recovered on the day it was first noted, or later
    primary key (factor, state, sectors, complete, regions)
);

-- The partnerships that have two factors noted, each at least once, at present; the first comes before the second.
create table pair (
    first        text collate "C" not null,
    second       text collate "C" not null,
    partnerships bigint not null,
    primary key (first, second)
) with (fillfactor = 60);

-- The partnerships that began in a year and have a factor noted at least once, at present; where the factor is empty, all that began in it.
create table year_count (
    factor       text collate "C" not null,
    year         int not null,
    partnerships bigint not null,
    primary key (factor, year)
) with (fillfactor = 60);

-- Who noted a factor of a partnership by the last day on which it recovered, at present; and the cell that the partnership is in.
create table recovered_teller (
    factor    text collate "C" not null,
    informant uuid not null,
    stream_id uuid not null,
    state     text collate "C" not null,
    sectors   smallint not null,
    complete  boolean not null,
    regions   text[] collate "C" not null,
    primary key (factor, informant, stream_id)
);

-- Who told, and of how many partnerships: of one factor, or where it is empty at all; in a sector, in a region, or where these are -1 and empty anywhere.
create table telling (
    factor       text collate "C" not null,
    sector       smallint not null, -- 0 nonprofit, 1 industry, 2 government
    region       text collate "C" not null,
    informant    uuid not null,
    partnerships bigint not null,
    primary key (factor, sector, region, informant)
) with (fillfactor = 60); -- counted up again and again: a page with room takes the next count without another entry in the index

-- How many they are.
create table telling_count (
    factor     text collate "C" not null,
    sector     smallint not null,
    region     text collate "C" not null,
    informants bigint not null,
    primary key (factor, sector, region)
);
