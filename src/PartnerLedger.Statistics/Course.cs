using System.Runtime.InteropServices;

namespace PartnerLedger.Statistics;

/// <summary>
/// One partnership as it was watched, in days from its start: from after day <paramref name="Entry"/> (0: from the start) to the end
/// of day <paramref name="End"/>, and what ended it (<paramref name="Cause"/>, from 1; 0: still running).
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Course(int Entry, int End, int Cause);
