namespace PartnerLedger.Domain;

/// <summary>Every code a rejection can have; they never change once published.</summary>
public static class RejectionCodes
{
    public const string OpeningStage = "opening-stage";
    public const string LifecycleStep = "lifecycle-step";
    public const string RepeatedState = "repeated-state";
    public const string PartnerUnknown = "partner-unknown";
    public const string PartnerAmbiguous = "partner-ambiguous";
    public const string PartnerLeftAlready = "partner-left-already";
    public const string VersionUnknown = "version-unknown";
    public const string CorrectionOfCorrection = "correction-of-correction";
    public const string FirstEventWithdrawn = "first-event-withdrawn";
    public const string AlreadyWithdrawn = "already-withdrawn";
    public const string ReplacementEmpty = "replacement-empty";
    public const string ReplacementMember = "replacement-member";
    public const string ReplacementRequired = "replacement-required";
    public const string CorrectionConflict = "correction-conflict";
    public const string FactorExists = "factor-exists";
    public const string FactorUnknown = "factor-unknown";
    public const string FrameworkExists = "framework-exists";
    public const string FrameworkUnknown = "framework-unknown";
    public const string AlreadyRepeated = "already-repeated";
}
