-- Where the erasures of texts stand: by this the list of erasures outside the database is completed, should a node have ended too early.
create table ledger_erasure (
    position bigint primary key
);

insert into ledger_erasure (position) select seq_id from mt_events where type = 'text_erased';

create function ledger_number_at(bytes bytea, place int) returns int language sql immutable as $$
    select ('x' || encode(substring(bytes from place for 4), 'hex'))::bit(32)::int
$$;

-- Packed events as an import has staged them, without the texts of some: an event is its id, then its type, its data and its texts,
-- each behind its length (four bytes, the highest first).
create function ledger_without_texts(packed bytea, ids uuid[]) returns bytea language plpgsql immutable as $$
declare
    kept  bytea := '';
    rest  int := 1;
    texts int;
    ends  int;
begin
    while rest <= octet_length(packed) loop
        texts := rest + 16;
        for part in 1..2 loop
            texts := texts + 4 + ledger_number_at(packed, texts);
        end loop;

        ends := texts + 4 + ledger_number_at(packed, texts);
        kept := kept || case
            when encode(substring(packed from rest for 16), 'hex')::uuid = any (ids) then substring(packed from rest for texts - rest) || '\x00000000'::bytea
            else substring(packed from rest for ends - rest)
        end;
        rest := ends;
    end loop;

    return kept;
end
$$;

-- Erases what people wrote with these events of a stream; answers how many texts there were. The key of each command that carried one
-- forgets its request: several events of one command share stream, moment and trace.
create function ledger_erase_events(stream uuid, ids uuid[]) returns bigint language plpgsql as $$
declare
    erased bigint[] := array(select e.seq_id from mt_events e where e.stream_id = stream and e.id = any (ids));
    staged bigint;
    texts  bigint;
begin
    update ledger_key k set secret = null, request_hmac = null
    from mt_events e
    join mt_events last on last.stream_id = e.stream_id and last.timestamp = e.timestamp and last.correlation_id is not distinct from e.correlation_id
    where e.seq_id = any (erased) and k.position = last.seq_id and k.stream_id = stream and k.secret is not null
      and k.position >= (select min(p) from unnest(erased) p);

    -- What an import has moved lies with the import until all of it is moved, and a restored backup may not have moved it yet.
    update ledger_import_event i set packed = ledger_without_texts(i.packed, ids)
    where i.stream_id = ledger_erase_events.stream and i.packed <> ledger_without_texts(i.packed, ids);
    get diagnostics staged = row_count;

    -- An import is remembered whole.
    update ledger_import i set secret = null, request_hmac = null
    where i.secret is not null and exists (select from unnest(erased) p where p between i.first_position and i.position);

    delete from ledger_text t where t.position = any (erased);
    get diagnostics texts = row_count;
    return staged + texts;
end
$$;

-- The texts of these versions, and of their corrections.
create or replace function ledger_erase(stream uuid, versions bigint[]) returns bigint language sql as $$
    select ledger_erase_events(stream, array(
        select e.id from mt_events e
        where e.stream_id = stream
          and (e.version = any (versions)
               or (e.type in ('event_corrected', 'event_withdrawn') and (e.data ->> 'version')::bigint = any (versions)))))
$$;

create or replace function ledger_erase_texts() returns trigger language plpgsql as $$
begin
    insert into ledger_erasure (position) values (new.seq_id);
    perform ledger_erase(new.stream_id, array(select v::bigint from jsonb_array_elements_text(new.data -> 'versions') v));
    return null;
end
$$;

-- Shared by who remembers a request that is not appended but staged, until that is committed.
create function ledger_staging_lock() returns bigint language sql immutable as $$ select x'504C535441474500'::bigint $$;

create function ledger_names(data jsonb, person uuid) returns boolean language sql immutable as $$
    select person::text in (data ->> 'informant', data #>> '{replacement,informant}')
$$;

-- Whose ids were erased: what is under way may still name them. Not swept: what was remembered until then has yet to be looked through.
create table ledger_erased_person (
    id       uuid primary key,
    is_swept boolean not null
);

-- Makes a person nameless; answers whether that was still to be done. A request that named the person, or was theirs, could be guessed
-- at by what is remembered of it, name and all: its key forgets it, and so does an import of which an event, moved or not, has the id.
-- Broken off, it is finished by the next call.
create procedure ledger_erase_person(person uuid, inout erased boolean) language plpgsql as $$
declare
    is_there boolean;
begin
    delete from ledger_person p where p.id = person;
    is_there := found;
    insert into ledger_erased_person as e (id, is_swept) select person, false where is_there
    on conflict (id) do update set is_swept = false;
    erased := exists (select from ledger_erased_person e where e.id = person and not e.is_swept);
    if not erased then
        return;
    end if;

    perform pg_notify('ledger_person', '');
    commit;

    -- Who appends, or stages an import, from here on sees that the person is erased; who does so now is waited for, each in turn.
    perform from ledger_head for update;
    commit;
    perform pg_advisory_xact_lock(ledger_staging_lock());
    commit;

    -- All events of a command have the same informant.
    update ledger_key k set secret = null, request_hmac = null
    where k.secret is not null and (k.owner = person
        or exists (select from mt_events e where e.seq_id = k.position and ledger_names(e.data, person)));

    update ledger_import i set secret = null, request_hmac = null
    where i.secret is not null and (i.owner = person
        or exists (select from mt_events e where e.seq_id between i.first_position and i.position and ledger_names(e.data, person))
        or exists (
            select from ledger_import_event s, unnest(i.given_people || person, i.known_people || person) as known (given, id)
            where s.import = i.id and known.id = person and position(convert_to(known.given::text, 'UTF8') in s.packed) > 0));

    update ledger_erased_person e set is_swept = true where e.id = person;
end
$$;
