-- Moves staged events of an import, those of the streams after one and through another, behind the position `head`, to which the caller
-- has raised and locked the ledger's head. Raises PL003 where a stream that existed before, or what decisions rest on, has changed.
create function append_import(import_id uuid, after_stream bigint, last_stream bigint, head bigint, moment timestamptz) returns void
language plpgsql volatile
-- Only ever a range of a large table, whatever its statistics say.
set enable_seqscan = off set enable_bitmapscan = off set jit = off
as $$
declare
    run    ledger_import%rowtype;
    before text;
    middle text;
    known  bigint;
    fitted bigint;
begin
    select * into strict run from ledger_import i where i.id = import_id;

    if run.first_position is null and run.basis_id is not null
        and run.basis_version <> coalesce((select s.version from mt_streams s where s.id = run.basis_id), 0) then
        raise exception 'what the import rests on has changed' using errcode = 'PL003';
    end if;

    -- Streams of the file's own can have changed by nobody: each comes whole.
    if after_stream < 0 then
        select count(distinct e.stream) into known from ledger_import_event e
        where e.import = import_id and e.stream > after_stream and e.stream <= last_stream;

        update mt_streams s set version = moved.last, timestamp = moment
        from (
            select e.stream_id, min(e.version) as first, max(e.version) as last from ledger_import_event e
            where e.import = import_id and e.stream > after_stream and e.stream <= last_stream
            group by e.stream_id
        ) moved
        where s.id = moved.stream_id and s.version = moved.first - 1 and s.type = run.stream_type;

        get diagnostics fitted = row_count;
        if fitted <> known then
            raise exception 'a stream that the import continues has changed' using errcode = 'PL003';
        end if;
    else
        insert into mt_streams (id, type, version, timestamp, created)
        select e.stream_id, run.stream_type, max(e.version), moment, moment from ledger_import_event e
        where e.import = import_id and e.stream > after_stream and e.stream <= last_stream
        group by e.stream, e.stream_id;
    end if;

    insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, correlation_id, causation_id, user_name)
    select head + row_number() over (order by e.stream, e.version), e.id, e.stream_id, e.version, e.data::jsonb, e.type, moment,
           run.correlation_id, run.causation_id, run.owner::text
    from ledger_import_event e
    where e.import = import_id and e.stream > after_stream and e.stream <= last_stream;

    -- SHA-256(0x00 || canonical line), as append_events has it.
    before := concat(
        '{"actor":"', run.owner, '","causationId":', coalesce('"' || run.causation_id || '"', 'null'),
        ',"correlationId":', coalesce('"' || run.correlation_id || '"', 'null'), ',"data":');
    middle := concat(
        ',"recordedAt":"', to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '","streamId":"');

    insert into ledger_leaf (position, hash)
    select position, case when octet_length(line) <= 65535 then sha256('\x00'::bytea || convert_to(line, 'UTF8')) else ledger_refuse_line(octet_length(line)) end
    from (
        select position, concat(
            before, data, ',"id":"', id, '","position":', position, middle, stream_id,
            '","streamType":"', run.stream_type, '","type":"', type, '","version":', version, '}') as line
        from (
            select head + row_number() over (order by e.stream, e.version) as position, e.data, e.id, e.stream_id, e.type, e.version
            from ledger_import_event e
            where e.import = import_id and e.stream > after_stream and e.stream <= last_stream
        ) placed
        offset 0
    ) lines;

    insert into ledger_text (position, member, salt, text)
    select placed.position, t.item->>0, decode(t.item->>1, 'hex'), t.item->>2
    from (
        select head + row_number() over (order by e.stream, e.version) as position, e.texts
        from ledger_import_event e
        where e.import = import_id and e.stream > after_stream and e.stream <= last_stream
    ) placed
    cross join lateral jsonb_array_elements(placed.texts::jsonb) t (item)
    where placed.texts is not null;
end
$$;
