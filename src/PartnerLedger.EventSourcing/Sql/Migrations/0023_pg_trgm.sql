-- Part of a text is found by its trigrams where the server has the extension for it; elsewhere by looking at each text.
do $$
begin
    if exists (select from pg_available_extensions where name = 'pg_trgm') then
        create extension if not exists pg_trgm;
    end if;
end
$$;
