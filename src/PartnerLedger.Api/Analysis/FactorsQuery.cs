using Npgsql;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>Counts in how many partnerships factors were noted.</summary>
internal sealed class FactorsQuery(NpgsqlDataSource database, Catalogues catalogues)
{
    public async Task<Disclosure.Counted<IReadOnlyList<CountedFactor>>> Ask(AnalysisQuestion question, CancellationToken cancellationToken)
    {
        var catalogue = catalogues.Newest;
        while (true)
        {
            var (rows, position, version) = await Ask(question, catalogue, cancellationToken);

            // What topics and polarities mean is part of the answer: it must be what the catalogue said at the very same position.
            var isAsMeant = version == catalogue.Version || !FactorsSql.ReadsCatalogue(question);
            catalogue = await catalogues.At(version, cancellationToken);
            if (isAsMeant)
            {
                return new([.. CountedFactor.Order(rows.Select(row => Explain(row, catalogue)), row => row)], position);
            }
        }
    }

    private async Task<(List<CountedFactor> Rows, long Position, long Catalogue)> Ask(
        AnalysisQuestion question, Catalogue catalogue, CancellationToken cancellationToken)
    {
        var sql = new QuestionSql(question);
        await using var batch = sql.Make(database, FactorsSql.Of(question, sql, catalogue));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var rows = new List<CountedFactor>();
        var (position, version) = (0L, 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            (position, version) = (reader.GetInt64(0), reader.GetInt64(1));
            if (!await reader.IsDBNullAsync(11, cancellationToken))
            {
                rows.Add(Row(reader));
            }
        }

        return (rows, position, version);
    }

    private static CountedFactor Row(NpgsqlDataReader reader) => new()
    {
        Factor = reader.GetNullable<string>(2),
        Topic = reader.GetNullable<string>(3),
        Polarity = reader.GetNullable<string>(4) is { } polarity ? Words.Parse<Polarity>(polarity) : null,
        Sector = reader.IsDBNull(5) ? null : (Sector)reader.GetInt16(5),
        Sectors = reader.IsDBNull(6) ? null : reader.GetInt16(6),
        Region = reader.GetNullable<string>(7),
        Regions = reader.GetNullable<string>(8),
        State = reader.GetNullable<string>(9) is { } state ? Words.Parse<PartnershipState>(state) : null,
        Noted = reader.GetInt64(10),
        Of = reader.GetInt64(11),
        Informants = reader.GetInt64(12),
    };

    private static CountedFactor Explain(CountedFactor row, Catalogue catalogue) =>
        row.Factor is { } code && catalogue.Factors.TryGetValue(code, out var factor) ? row with { Topic = factor.Topic, Polarity = factor.Polarity } : row;
}
