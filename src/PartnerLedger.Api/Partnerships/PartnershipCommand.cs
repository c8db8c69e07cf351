using System.Runtime.InteropServices;
using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Partnerships;

/// <summary>A request on a partnership, ready to be decided on whatever state it meets.</summary>
internal sealed record PartnershipCommand(FreeTexts Texts, Func<Partnership, Catalogue, Decision<IPartnershipEvent>> Decide)
{
    /// <summary>The codes it names, each where the request names it; unless all are in the catalogue, there is nothing to decide.</summary>
    public IReadOnlyList<(string Pointer, string Code)> Codes { get; init; } = [];

    /// <summary>The codes that the catalogue does not know; null where it knows them all.</summary>
    public Errors? Unknown(Catalogue catalogue)
    {
        Errors? errors = null;
        foreach (var (pointer, code) in Codes)
        {
            if (!catalogue.Factors.ContainsKey(code))
            {
                (errors ??= new Errors()).Add(pointer, $"There is no factor {code} in the catalogue.");
            }
        }

        return errors;
    }
}

/// <summary>A request that begins a partnership, decided.</summary>
internal sealed record PartnershipOpening(FreeTexts Texts, Decision<IPartnershipEvent> Decision);

/// <summary>What the service adds to a request: who stands for its informant, and the day that holds where it names none.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Given(Guid? Informant, PartialDate Today);

/// <summary>A request that somebody may have told of.</summary>
internal interface IInformedRequest
{
    /// <summary>An opaque word for who told.</summary>
    string? Informant { get; }
}
