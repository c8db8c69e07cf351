using Npgsql;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>Reads the tree's hashes as the database keeps them.</summary>
internal static class TreeColumns
{
    public static TreeHash GetHash(this NpgsqlDataReader reader, int ordinal) => new(reader.GetFieldValue<byte[]>(ordinal));
}
