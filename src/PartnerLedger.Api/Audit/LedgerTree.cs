using Npgsql;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>The ledger's Merkle tree in the hands of one who follows it: grows by the leaves in the database, and gathers the nodes to keep.</summary>
internal sealed class LedgerTree(TreeBuilder tree)
{
    private readonly List<(TreeNode Node, TreeHash Hash)> completed = [];

    public long Size => tree.Size;

    public TreeHash Root => tree.Root;

    /// <summary>The nodes of the kept levels that have been completed since they were last taken.</summary>
    public IReadOnlyList<(TreeNode Node, TreeHash Hash)> Completed => completed;

    public void Taken() => completed.Clear();

    /// <summary>Adds the leaves that follow, up to a size and no more than a number of them.</summary>
    public async Task Grow(NpgsqlConnection connection, long toSize, int atMost, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select position, hash from ledger_leaf where position > $1 and position <= $2 order by position limit $3", connection)
        {
            Parameters = { new() { Value = tree.Size }, new() { Value = toSize }, new() { Value = atMost } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetInt64(0) != tree.Size + 1)
            {
                throw new InvalidDataException($"The leaf of position {tree.Size + 1} is missing.");
            }

            tree.Add(reader.GetHash(1), Gather);
        }
    }

    private void Gather(TreeNode node, TreeHash hash)
    {
        if (node.Level % TilePath.Height == 0)
        {
            completed.Add((node, hash));
        }
    }
}
