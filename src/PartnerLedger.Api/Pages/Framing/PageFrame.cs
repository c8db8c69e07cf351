using System.Text;
using Microsoft.AspNetCore.Components.Web;

namespace PartnerLedger.Api.Pages.Framing;

/// <summary>
/// What stands around a page: its head, where one is, and where one can go. It is sent by itself when a page takes longer than a moment, so that whoever
/// waits sees it at once, with or without scripts. From then on the status is 200, and a refusal is told in the page alone.
/// </summary>
internal sealed class PageFrame(HttpContext context, RestOfPage rest, ILoggerFactory loggers)
{
    // What is refused without counting is refused sooner, and so by its status.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private const string Waiting = """<p class="waiting" role="status">Counting …</p>""";

    public bool IsSent { get; private set; }

    /// <summary>Sends it unless what the page shows is there within a moment.</summary>
    public async Task SendUnless(Task loaded)
    {
        if (loaded.IsCompleted || await Task.WhenAny(loaded, Task.Delay(Moment, context.RequestAborted)) == loaded)
        {
            return;
        }

        var frame = await Render();
        if (loaded.IsCompleted || IsSent || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        IsSent = true;
        var before = frame[..frame.IndexOf(RestOfPage.Opening, StringComparison.Ordinal)];
        await rest.SendBefore(Encoding.UTF8.GetBytes($"{before}{RestOfPage.Opening}{Waiting}"), context.RequestAborted);
    }

    private async Task<string> Render()
    {
        await using var renderer = new HtmlRenderer(context.RequestServices, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<EmptyPage>()).ToHtmlString());
    }
}
