-- Appends what several requests want, in one order and all together, and answers the position before them and their moment. Where something is
-- not as it was when they were decided, it raises PL003 (a stream, or one that a decision rests on, is at another version) or
-- breaks the uniqueness of a key or an informant; who called then asks which, has those decided anew, and sends the others again.
--
-- Raising the head is a statement of its own and locks it: in a volatile function each later statement takes a new snapshot,
-- so all that was committed before the lock was granted is seen. The rest is one statement, because to set up several costs a
-- single append more than to run them. The arrays are read by subscript: one series is cheaper than several arrays unnested.
-- The tables looked into grow without end while their statistics may still say that they are empty, hence a caller who forbids
-- sequential scans, hash and merge joins and asks for generic plans: one plan serves batches of every size.
create function append_events(
    -- a request: its stream's version before the batch, and after it for the last request of each stream
    stream_ids uuid[], stream_types text[], versions_before bigint[], versions_after bigint[],
    actors uuid[], correlation_ids text[], causation_ids text[],
    -- a request that is to be remembered: the version it makes, and which of the batch's events is its last
    keys text[], key_secrets bytea[], key_hmacs bytea[], key_answers text[], key_versions bigint[], key_events int[],
    -- a stream that decisions rest on
    basis_ids uuid[], basis_versions bigint[],
    -- an event: of which request
    event_requests int[], event_versions bigint[], event_ids uuid[], event_types text[], event_data text[],
    -- a text: of which event
    text_events int[], text_members text[], text_salts bytea[], texts text[],
    -- an informant whom no event has named yet
    informant_ids uuid[], informant_words text[],
    out head bigint, out moment timestamptz
)
language plpgsql volatile
as $$
#variable_conflict use_column
declare
    requests int := cardinality(stream_ids);
    events   int := cardinality(event_ids);
    stamp    text;
    expected bigint;
    fitting  bigint;
begin
    -- Who writes the same word down just now, be it an import, is waited for before the head is locked, which would hold up everyone.
    if cardinality(informant_ids) > 0 then
        insert into ledger_person (id, kind, issuer, subject)
        select informant_ids[i], 'informant', '', informant_words[i]
        from generate_series(1, cardinality(informant_ids)) i;
    end if;

    update ledger_head h
    set position = h.position + events, recorded_at = greatest(clock_timestamp(), h.recorded_at + interval '1 microsecond')
    where only_row
    returning h.position - events, h.recorded_at into strict head, moment;

    stamp := to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

    -- Streams to move, and streams that decisions rest on.
    select count(*) filter (where versions_before[r] > 0 and versions_after[r] is not null) + cardinality(basis_ids)
    into expected from generate_series(1, requests) r;

    if 0 = any (versions_before) then
        insert into mt_streams (id, type, version, timestamp, created)
        select stream_ids[r], stream_types[r], versions_after[r], moment, moment
        from generate_series(1, requests) r
        where versions_before[r] = 0 and versions_after[r] is not null;
    end if;

    with moved as (
        update mt_streams s set version = versions_after[r], timestamp = moment
        from generate_series(1, requests) r
        where s.id = stream_ids[r] and s.version = versions_before[r] and versions_before[r] > 0 and versions_after[r] is not null
        returning 1
    ),
    remembered as (
        insert into ledger_key (owner, key, secret, request_hmac, stream_id, version, position, answer)
        select actors[r], keys[r], case when is_told then key_secrets[r] end, case when is_told then key_hmacs[r] end,
               stream_ids[r], key_versions[r], head + key_events[r], key_answers[r]
        from (
            -- What names a person who was erased meanwhile is not to be guessed at. All events of a request have the same informant.
            select r, not exists (select from ledger_erased_person)
                or not exists (
                    select from ledger_erased_person p
                    where p.id in (actors[r], (data ->> 'informant')::uuid, (data #>> '{replacement,informant}')::uuid)) as is_told
            from generate_series(1, requests) r, lateral (select event_data[key_events[r]]::jsonb as data) last
            where keys[r] is not null
        ) requests
    ),
    counted as materialized (
        select (select count(*) from moved)
            + (select count(*) from generate_series(1, cardinality(basis_ids)) b
               where basis_versions[b] = coalesce((select s.version from mt_streams s where s.id = basis_ids[b]), 0)) as fitting
    ),
    stored as (
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, correlation_id, causation_id, user_name)
        select head + e, event_ids[e], stream_ids[r], event_versions[e], event_data[e]::jsonb, event_types[e], moment,
               correlation_ids[r], causation_ids[r], actors[r]::text
        from (select e, event_requests[e] as r from generate_series(1, events) e) placed
        where (select fitting from counted) = expected
    ),
    hashed as (
        -- SHA-256(0x00 || canonical line)
        insert into ledger_leaf (position, hash)
        select head + e, case when octet_length(line) <= 65535 then sha256('\x00'::bytea || convert_to(line, 'UTF8')) else ledger_refuse_line(octet_length(line)) end
        from (
            select e, concat(
                '{"actor":', coalesce('"' || actors[r] || '"', 'null'),
                ',"causationId":', coalesce('"' || causation_ids[r] || '"', 'null'),
                ',"correlationId":', coalesce('"' || correlation_ids[r] || '"', 'null'),
                ',"data":', event_data[e],
                ',"id":"', event_ids[e], '","position":', head + e, ',"recordedAt":"', stamp,
                '","streamId":"', stream_ids[r], '","streamType":"', stream_types[r],
                '","type":"', event_types[e], '","version":', event_versions[e], '}') as line
            from (select e, event_requests[e] as r from generate_series(1, events) e) placed
            offset 0
        ) lines
    )
    select counted.fitting into fitting from counted;

    if fitting <> expected then
        raise exception 'the ledger is not as it was when these requests were decided' using errcode = 'PL003';
    end if;

    if cardinality(text_events) > 0 then
        insert into ledger_text (position, member, salt, text)
        select head + text_events[t], text_members[t], text_salts[t], texts[t]
        from generate_series(1, cardinality(text_events)) t;
    end if;
end
$$;
