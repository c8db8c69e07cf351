using System.Diagnostics;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>For what happens in the background and has no position to wait for: asks again and again, within reason.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Gives the first answer that is as it should be.</summary>
    public static async Task<Answer> Answers(Func<Task<Answer>> ask, Func<Answer, bool> isGood)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isGood(answer))
            {
                return answer;
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"It did not come about in time; the last answer was {answer.Status}: {answer.Text}");
        }
    }

    /// <summary>Waits until something has come about.</summary>
    public static async Task Holds(Func<Task<bool>> isSo)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, "It did not come about in time.");
        }
    }
}
