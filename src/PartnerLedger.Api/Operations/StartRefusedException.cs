namespace PartnerLedger.Api.Operations;

/// <summary>Why the service will not start as it is configured: one sentence for whoever starts it.</summary>
internal sealed class StartRefusedException(string sentence) : Exception(sentence);
