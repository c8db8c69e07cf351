namespace PartnerLedger.EventSourcing;

/// <summary>Who told of something: a word, and the random id that stands for it in events.</summary>
/// <param name="Id">The id that the ledger gave; for a new word, the one it gets unless another gets there first.</param>
/// <param name="Word">What the informant is called.</param>
/// <param name="IsNew">The ledger does not know the word: it is written down in the commit of the events that name it, or not at all.</param>
public sealed record Informant(Guid Id, string Word, bool IsNew);
