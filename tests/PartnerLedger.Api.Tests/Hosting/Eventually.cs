using System.Diagnostics;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>For what happens in the background and has no position to wait for: asks again and again, within reason.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task Holds(Func<Task<bool>> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, "It did not come about in time.");
        }
    }
}
