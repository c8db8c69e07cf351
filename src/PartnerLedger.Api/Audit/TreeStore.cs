using Npgsql;
using NpgsqlTypes;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>Reads the Merkle tree of the ledger: any node up to the last note, from the leaves and the kept levels above them.</summary>
internal sealed class TreeStore(NpgsqlDataSource database)
{
    // Each stands on up to 128 kept hashes.
    private const int NodesARead = 1_000;

    private const string HashesSql = """
        select r.n, t.hash
        from unnest($1, $2, $3) with ordinality as r (level, first, last, n)
        cross join lateral (
            select l.position as place, l.hash from ledger_leaf l where r.level = 0 and l.position between r.first + 1 and r.last + 1
            union all
            select k.index, k.hash from ledger_node k where r.level > 0 and k.level = r.level and k.index between r.first and r.last
        ) t
        order by r.n, t.place
        """;

    /// <summary>The hashes of a proof's path.</summary>
    public async Task<IReadOnlyList<TreeHash>> Hashes(IReadOnlyList<Subtree> path, CancellationToken cancellationToken) =>
        (await Hashes([path], cancellationToken))[0];

    /// <summary>The hashes of several proofs' paths; what they share is read once.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<TreeHash>>> Hashes(IReadOnlyList<IReadOnlyList<Subtree>> paths, CancellationToken cancellationToken)
    {
        var hashes = await Hashes([.. paths.SelectMany(path => path).SelectMany(part => part.Nodes()).Distinct()], cancellationToken);
        return [.. paths.Select(path => path.Select(part => part.Hash(node => hashes[node])).ToArray())];
    }

    /// <summary>The tree as it was at a size.</summary>
    public async Task<TreeBuilder> Tree(long size, CancellationToken cancellationToken)
    {
        var hashes = await Hashes([.. new Subtree(0, size).Nodes()], cancellationToken);
        return new(size, node => hashes[node]);
    }

    /// <summary>A tile's hashes, one after the other.</summary>
    public async Task<byte[]> Tile(TilePath tile, CancellationToken cancellationToken)
    {
        var first = tile.Index * TilePath.Full;
        var hashes = (await Read([(tile.Level * TilePath.Height, first, first + tile.Width - 1)], cancellationToken))[0];
        return [.. hashes.SelectMany(hash => hash.ToArray())];
    }

    private async Task<Dictionary<TreeNode, TreeHash>> Hashes(TreeNode[] nodes, CancellationToken cancellationToken)
    {
        var hashes = new Dictionary<TreeNode, TreeHash>();
        foreach (var some in nodes.Chunk(NodesARead))
        {
            var below = await Read(
                [.. some.Select(node => (node, Above: node.Level % TilePath.Height))
                    .Select(each => (each.node.Level - each.Above, each.node.Index << each.Above, ((each.node.Index + 1) << each.Above) - 1))],
                cancellationToken);
            foreach (var (node, kept) in some.Zip(below))
            {
                var tree = new TreeBuilder();
                kept.ForEach(hash => tree.Add(hash));
                hashes.Add(node, tree.Root);
            }
        }

        return hashes;
    }

    private async Task<List<TreeHash>[]> Read((int Level, long First, long Last)[] ranges, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(HashesSql, connection);
        command.Parameters.AddArray(NpgsqlDbType.Integer, Array.ConvertAll(ranges, range => range.Level));
        command.Parameters.AddArray(NpgsqlDbType.Bigint, Array.ConvertAll(ranges, range => range.First));
        command.Parameters.AddArray(NpgsqlDbType.Bigint, Array.ConvertAll(ranges, range => range.Last));
        var found = Array.ConvertAll(ranges, _ => new List<TreeHash>());
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                found[reader.GetInt64(0) - 1].Add(reader.GetHash(1));
            }
        }

        foreach (var (range, hashes) in ranges.Zip(found))
        {
            if (hashes.Count != range.Last - range.First + 1)
            {
                throw new InvalidDataException($"Of the tree's hashes {range.First} to {range.Last} at level {range.Level}, {hashes.Count} are kept.");
            }
        }

        return found;
    }
}
