using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.IdentityModel.JsonWebTokens;
using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Feed;

/// <summary>A live feed as an answer: it ends when the client goes, when the client's token expires, or when the service stops.</summary>
internal sealed class FeedResult(EventFeed feed, long after, TimeProvider clock, CancellationToken stopping) : IResult
{
    // The longest time that a timer takes is 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var expiry = new CancellationTokenSource(TimeLeft(httpContext), clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping, expiry.Token);
        httpContext.Response.ContentType = GetEvents.EventStream;
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        try
        {
            await feed.Tell(after, httpContext.Response.BodyWriter, httpContext.CountRows, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The end of a feed is no failure: whoever comes back goes on where it stopped.
        }
    }

    // A token is looked at when a request begins; a request that never ends would outlive it.
    private TimeSpan TimeLeft(HttpContext http)
    {
        var left = long.TryParse(http.User.FindFirst(JwtRegisteredClaimNames.Exp)?.Value, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) - clock.GetUtcNow()
            : Longest;
        return TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, Longest.Ticks));
    }
}
