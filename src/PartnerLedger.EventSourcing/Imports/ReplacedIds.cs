using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>Ids of people of whom the ledger came to know while a file was checked: in its events those stand that the ledger gave.</summary>
internal sealed class ReplacedIds(IReadOnlyDictionary<Guid, Guid> known)
{
    private const int Length = 36;

    /// <summary>Puts them in place. A random id stands for nothing else wherever it is found between quotes, and another is as long.</summary>
    public void Apply(ReadOnlyMemory<byte> data)
    {
        if (known.Count == 0)
        {
            return;
        }

        var text = MemoryMarshal.AsMemory(data).Span;
        for (var quote = text.IndexOf((byte)'"'); quote >= 0 && text.Length > quote + 1 + Length;)
        {
            var word = text.Slice(quote + 1, Length);
            if (text[quote + 1 + Length] == '"' && Utf8Parser.TryParse(word, out Guid given, out var read) && read == Length && known.TryGetValue(given, out var id))
            {
                id.TryFormat(word, out _);
            }

            text = text[(quote + 1)..];
            quote = text.IndexOf((byte)'"');
        }
    }
}
