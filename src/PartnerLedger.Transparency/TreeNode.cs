using System.Runtime.InteropServices;

namespace PartnerLedger.Transparency;

/// <summary>A node with all its leaves: 2^<paramref name="Level"/> of them, beginning with leaf <paramref name="Index"/> · 2^<paramref name="Level"/> (from 0).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TreeNode(int Level, long Index);
