using System.Runtime.InteropServices;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>An event of an import, its words in UTF-8.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PackedEvent(Guid Id, ReadOnlyMemory<byte> Type, ReadOnlyMemory<byte> Data, IReadOnlyList<PackedText> Texts);

/// <summary>A free text beside it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PackedText(ReadOnlyMemory<byte> Member, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Text);
