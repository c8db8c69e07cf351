using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Promises;

public sealed class MartenTablesTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task Streams_and_events_lie_in_Martens_own_tables()
    {
        var tables = await ledger.One<string>(
            """
            select string_agg(line, e'\n' order by at, line) from (
                select format('%s.%s %s%s%s', c.relname, lpad(a.attnum::text, 2, '0'), a.attname || ' ' || format_type(a.atttypid, a.atttypmod),
                              case when a.attnotnull then ' not null' end, ' default ' || pg_get_expr(d.adbin, d.adrelid)) as line, 1 as at
                from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
                where c.relkind = 'r' and c.relname like 'mt\_%' and a.attnum > 0
                union all
                select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)), 2 from pg_constraint
                where conrelid in (select oid from pg_class where relname like 'mt\_%') and contype in ('p', 'u', 'f', 'c')
                union all
                select indexdef, 3 from pg_indexes where tablename like 'mt\_%'
                union all
                select format('sequence %s owned by %s.%s', s.relname, d.refobjid::regclass, a.attname), 4
                from pg_class s join pg_depend d on d.objid = s.oid and d.deptype = 'a'
                join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                where s.relkind = 'S'
            ) l
            """);

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Promises", "MartenTables.golden.txt")), tables + "\n");
    }
}
