using System.Collections.Frozen;
using System.Globalization;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Partnerships;

namespace PartnerLedger.Api.Imports;

/// <summary>The commands that a file may hold: their words are what follows the partnership in their routes, their bodies those of their requests.</summary>
internal static class ImportCommands
{
    public const string Open = "open";

    private const string PartnersBefore = "partners/";
    private const string LeftBehind = "/left";

    private static readonly FrozenDictionary<string, (CommandTraits Traits, Reader Read)> Known = All().ToFrozenDictionary(each => each.Word, each => (each.Traits, each.Read), StringComparer.Ordinal);

    private delegate LineCommand? Reader(ReadOnlyMemory<byte> body, RequestRules rules, out Errors errors);

    /// <summary>What a word does; null where it is no command.</summary>
    public static CommandTraits? TraitsOf(string word) =>
        Known.TryGetValue(word, out var command) ? command.Traits : PartnerLeaving(word) is null ? null : CommandTraits.NamesVersion;

    /// <summary>The command of a word that is known, with a body in canonical form; null where <paramref name="errors"/> has any.</summary>
    public static LineCommand? Read(string word, ReadOnlyMemory<byte> body, RequestRules rules, out Errors errors) =>
        Known.TryGetValue(word, out var command)
            ? command.Read(body, rules, out errors)
            : Change<PartnerLeaves.Request>((request, given) => PartnerLeaves.ToCommand(PartnerLeaving(word)!.Value, request, given))(body, rules, out errors);

    private static IEnumerable<(string Word, CommandTraits Traits, Reader Read)> All() =>
    [
        (Open, CommandTraits.Opens | CommandTraits.ChangesState, Opening),
        .. MovePartnership.Commands().Select(step => (step.Word, CommandTraits.ChangesState, Change(step.ToCommand))),
        ("factors", CommandTraits.None, Change<NoteFactors.Request>(NoteFactors.ToCommand)),
        ("partners", CommandTraits.None, Change<AddPartner.Request>(AddPartner.ToCommand)),
        ("name", CommandTraits.None, Change<RenamePartnership.Request>(RenamePartnership.ToCommand)),
        ("regions", CommandTraits.None, Change<ChangeRegions.Request>(ChangeRegions.ToCommand)),
        ("corrections", CommandTraits.ChangesState | CommandTraits.NamesVersion, Change<CorrectEvent.Request>(CorrectEvent.ToCommand)),
    ];

    private static long? PartnerLeaving(string word) =>
        word.StartsWith(PartnersBefore, StringComparison.Ordinal) && word.EndsWith(LeftBehind, StringComparison.Ordinal)
            && word.Length > PartnersBefore.Length + LeftBehind.Length
            && long.TryParse(word.AsSpan()[PartnersBefore.Length..^LeftBehind.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                ? version
                : null;

    private static LineCommand? Opening(ReadOnlyMemory<byte> body, RequestRules rules, out Errors errors) =>
        BodyReader.Read<OpenPartnership.Request>(body, rules, out errors) is { } request
            ? new LineCommand { Open = given => OpenPartnership.ToOpening(request, given), Informant = request.Informant }
            : null;

    private static Reader Change<T>(Func<T, Given, PartnershipCommand> toCommand)
        where T : class, IValidated
    {
        return Read;

        LineCommand? Read(ReadOnlyMemory<byte> body, RequestRules rules, out Errors errors) =>
            BodyReader.Read<T>(body, rules, out errors) is { } request
                ? new LineCommand { Change = given => toCommand(request, given), Informant = (request as IInformedRequest)?.Informant }
                : null;
    }
}
