using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>Tells the time as it is, and runs out of patience fifty times faster.</summary>
internal sealed class HastyClock : TimeProvider
{
    public static void Use(IWebHostBuilder builder) => builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(new HastyClock()));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 50 : dueTime, period > TimeSpan.Zero ? period / 50 : period);
}
