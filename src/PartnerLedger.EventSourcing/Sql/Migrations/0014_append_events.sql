-- Appends what several requests want, in one order: each request whole or not at all, none harmed by another's refusal.
-- The answer has a row a request: 'appended', 'known key', or 'conflict' (its stream, or the stream its decision rests on,
-- is not at the version the decision was made for; or a request before it on the same stream was not appended).
--
-- The lock of the head row is a statement of its own: in a volatile function each later statement takes a new snapshot, so
-- all that was committed before the lock was granted is seen. The tables joined here grow without end while their statistics
-- may still say that they are empty, hence scalar subqueries and no sequential scan: the plan is held to index lookups. One plan serves
-- batches of every size: to plan anew for each would cost a single append more than to run it.
create function append_events(
    stream_ids uuid[], stream_types text[], expected_versions bigint[], event_counts int[],
    basis_ids uuid[], basis_versions bigint[],
    actors uuid[], correlation_ids text[], causation_ids text[],
    keys text[], key_secrets bytea[], key_hmacs bytea[], key_answers text[],
    event_requests int[], event_ids uuid[], event_types text[], event_data text[],
    text_events int[], text_members text[], text_salts bytea[], texts text[]
) returns table (request int, outcome text, version bigint, "position" bigint, recorded_at timestamptz)
language plpgsql volatile
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    head     bigint;
    earlier  timestamptz;
    moment   timestamptz;
    stamp    text;
    outcomes text[];
    appended bigint;
begin
    select h.position, h.recorded_at into strict head, earlier from ledger_head h for update;

    moment := greatest(clock_timestamp(), earlier + interval '1 microsecond');
    stamp := to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

    with wanted as (
        select w.*,
               coalesce((select true from ledger_key k where k.owner = w.actor and k.key = w.key), false)
                   or (w.key is not null and row_number() over (partition by w.actor, w.key order by w.n) > 1) as known,
               w.expected = coalesce((select s.version from mt_streams s where s.id = w.stream_id), 0)
                                + coalesce(sum(w.events) over before_it, 0)
                   and (w.basis_id is null
                        or w.basis_version = coalesce((select b.version from mt_streams b where b.id = w.basis_id), 0)) as fits
        from unnest(stream_ids, expected_versions, event_counts, basis_ids, basis_versions, actors, keys)
                 with ordinality as w (stream_id, expected, events, basis_id, basis_version, actor, key, n)
        window before_it as (partition by w.stream_id order by w.n rows between unbounded preceding and 1 preceding)
    )
    select array_agg(case when w.known then 'known key' when w.whole then 'appended' else 'conflict' end order by w.n)
    into outcomes
    from (select n, known, bool_and(fits and not known) over (partition by stream_id order by n) as whole from wanted) w;

    select coalesce(sum(c.events), 0) into appended
    from unnest(event_counts, outcomes) c (events, outcome) where c.outcome = 'appended';

    if appended > 0 then
        insert into mt_streams as s (id, type, version, timestamp, created)
        select r.stream_id, min(r.stream_type), max(r.expected + r.events), moment, moment
        from unnest(stream_ids, stream_types, expected_versions, event_counts, outcomes)
                 r (stream_id, stream_type, expected, events, outcome)
        where r.outcome = 'appended'
        group by r.stream_id
        on conflict (id) do update set version = excluded.version, timestamp = excluded.timestamp;

        with placed as materialized (
            select e.n, e.id, e.type, e.data, r.stream_id, r.stream_type, r.actor, r.correlation_id, r.causation_id,
                   head + row_number() over (order by e.n) as position,
                   r.expected + row_number() over (partition by e.request order by e.n) as version
            from unnest(event_requests, event_ids, event_types, event_data)
                     with ordinality as e (request, id, type, data, n)
            join unnest(stream_ids, stream_types, expected_versions, outcomes, actors, correlation_ids, causation_ids)
                     with ordinality as r (stream_id, stream_type, expected, outcome, actor, correlation_id, causation_id, n)
                on r.n = e.request
            where r.outcome = 'appended'
        ),
        stored as (
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, correlation_id, causation_id, user_name)
            select position, id, stream_id, version, data::jsonb, type, moment, correlation_id, causation_id, actor::text
            from placed order by position
        ),
        hashed as (
            insert into ledger_leaf (position, hash)
            select position, ledger_leaf_hash(
                '{"actor":' || coalesce('"' || actor || '"', 'null') ||
                ',"causationId":' || coalesce('"' || causation_id || '"', 'null') ||
                ',"correlationId":' || coalesce('"' || correlation_id || '"', 'null') ||
                ',"data":' || data ||
                ',"id":"' || id || '","position":' || position || ',"recordedAt":"' || stamp ||
                '","streamId":"' || stream_id || '","streamType":"' || stream_type ||
                '","type":"' || type || '","version":' || version || '}')
            from placed order by position
        )
        insert into ledger_text (position, member, salt, text)
        select p.position, t.member, t.salt, t.text
        from unnest(text_events, text_members, text_salts, texts) t (event, member, salt, text)
        join placed p on p.n = t.event;

        update ledger_head set position = head + appended, recorded_at = moment;
        perform pg_notify('ledger', (head + appended)::text);
    end if;

    return query
        with answered as (
            select r.n::int as request, r.outcome, r.expected + r.events as version,
                   head + sum(case when r.outcome = 'appended' then r.events else 0 end) over (order by r.n) as position,
                   r.stream_id, r.actor, r.key, r.secret, r.hmac, r.answer
            from unnest(stream_ids, expected_versions, event_counts, outcomes, actors, keys, key_secrets, key_hmacs, key_answers)
                     with ordinality as r (stream_id, expected, events, outcome, actor, key, secret, hmac, answer, n)
        ),
        remembered as (
            insert into ledger_key (owner, key, secret, request_hmac, stream_id, version, position, answer)
            select actor, key, secret, hmac, stream_id, version, position, answer
            from answered where outcome = 'appended' and key is not null
        )
        select a.request, a.outcome, a.version, a.position::bigint, moment from answered a order by a.request;
end
$$;
