-- Erases what people wrote with these versions of a stream, and with their corrections; answers how many texts there were. The
-- key of each command that carried one forgets its request: several events of one command share stream, moment and trace.
create index ledger_key_position on ledger_key using brin (position);

create function ledger_erase(stream uuid, versions bigint[]) returns bigint language plpgsql as $$
declare
    erased bigint[] := array(
        select e.seq_id from mt_events e
        where e.stream_id = stream
          and (e.version = any (versions)
               or (e.type in ('event_corrected', 'event_withdrawn') and (e.data ->> 'version')::bigint = any (versions))));
    texts  bigint;
begin
    update ledger_key k set secret = null, request_hmac = null
    from mt_events e
    join mt_events last on last.stream_id = e.stream_id and last.timestamp = e.timestamp and last.correlation_id is not distinct from e.correlation_id
    where e.seq_id = any (erased) and k.position = last.seq_id and k.stream_id = stream and k.secret is not null
      and k.position >= (select min(p) from unnest(erased) p);

    -- An import is remembered whole.
    update ledger_import i set secret = null, request_hmac = null
    where i.secret is not null and exists (select from unnest(erased) p where p between i.first_position and i.position);

    delete from ledger_text t where t.position = any (erased);
    get diagnostics texts = row_count;
    return texts;
end
$$;

-- In the transaction that records the erasure, whoever appends it.
create function ledger_erase_texts() returns trigger language plpgsql as $$
begin
    perform ledger_erase(new.stream_id, array(select v::bigint from jsonb_array_elements_text(new.data -> 'versions') v));
    return null;
end
$$;

create trigger ledger_erase_texts after insert on mt_events
    for each row when (new.type = 'text_erased') execute function ledger_erase_texts();
