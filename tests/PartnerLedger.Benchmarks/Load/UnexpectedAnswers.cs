using System.Collections.Concurrent;
using System.Text;

namespace PartnerLedger.Benchmarks.Load;

/// <summary>Answers that should not have come: with one of them, what was measured is not what was meant.</summary>
internal sealed class UnexpectedAnswers
{
    private readonly ConcurrentDictionary<int, (int Count, string First)> byStatus = new();

    public void Add(HttpAnswer answer)
    {
        var whole = answer.Bytes;
        byStatus.AddOrUpdate(answer.Status, _ => (1, Encoding.UTF8.GetString(whole.Span)), (_, before) => (before.Count + 1, before.First));
    }

    /// <summary>Ends the benchmark unless all answers were as they should be.</summary>
    /// <exception cref="InvalidOperationException">There was one; says how many of each status, and the first in full.</exception>
    public void MustBeNone()
    {
        if (!byStatus.IsEmpty)
        {
            throw new InvalidOperationException(string.Join('\n', byStatus.Select(each => $"{each.Value.Count} requests were answered by {each.Key}, the first so:\n{each.Value.First}")));
        }
    }
}
