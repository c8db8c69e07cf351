namespace PartnerLedger.EmbeddedPostgres;

/// <summary>The connection strings to one database of the cluster, by what each may do.</summary>
/// <param name="Name">The database.</param>
/// <param name="Owner">Migrates: owns the database and what is in it.</param>
/// <param name="Serving">Serves: may connect, and what the migrations grant.</param>
/// <param name="Superuser">Tests and repairs: may do everything.</param>
public sealed record DatabaseConnections(string Name, string Owner, string Serving, string Superuser);
