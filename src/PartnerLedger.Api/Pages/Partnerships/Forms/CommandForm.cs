using System.Globalization;
using Microsoft.AspNetCore.Components;
using PartnerLedger.Api.Commands;

namespace PartnerLedger.Api.Pages.Partnerships.Forms;

/// <summary>What every form that logs something shares: what was entered, the request made of it, and why it was refused.</summary>
public abstract class CommandForm : LedgerPage
{
    private string? freshKey;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>The partnership.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The version that the form was made from.</summary>
    [Parameter]
    public long Version { get; set; }

    /// <summary>The name under which the form is posted.</summary>
    protected abstract string FormName { get; }

    /// <summary>Why the request was refused.</summary>
    protected ApiProblem? Problem { get; private set; }

    /// <summary>Made once a form, so that a second click logs nothing twice.</summary>
    protected string Key => Entered("key") is { Length: > 0 } posted ? posted : freshKey ??= Guid.CreateVersion7().ToString();

    /// <summary>The version that the posted form was made from.</summary>
    protected long? MadeFrom => long.TryParse(Entered("version"), CultureInfo.InvariantCulture, out var known) ? known : null;

    /// <summary>What was entered under a name; null where this form was not posted.</summary>
    protected string? Entered(string name) => All(name) is { Count: > 0 } values ? values[0] : null;

    protected IReadOnlyList<string> All(string name) =>
        Http.Request.HasFormContentType && Http.Request.Form["_handler"] == FormName
            ? [.. Http.Request.Form[name].OfType<string>().Select(value => value.Replace("\r\n", "\n", StringComparison.Ordinal).Trim())]
            : [];

    /// <summary>What was entered under these names, without what was left empty.</summary>
    private protected Dictionary<string, object?> Body(params string[] names) => names
        .Where(name => Entered(name) is { Length: > 0 })
        .ToDictionary(name => name, object? (name) => Entered(name), StringComparer.Ordinal);

    private protected async Task Log(string path, object body, bool sameVersion = true)
    {
        var answer = await Send<CommandAnswer>(HttpMethods.Post, $"/api/partnerships{path}", body, Key, sameVersion ? MadeFrom : null);
        Problem = answer.Problem;
        if (answer.Value is { } logged)
        {
            Navigation.NavigateTo($"/partnerships/{logged.Id}?logged={logged.Version}");
        }
    }
}
