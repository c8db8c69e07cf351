using System.Security.Cryptography;
using System.Text;
using PartnerLedger.Api.Operations;

namespace PartnerLedger.Api.Security;

/// <summary>The secret that signs development tokens: the setting, or a random one kept beside the data, so that tokens outlive a restart.</summary>
internal static class DevelopmentKey
{
    private const int Length = 32;

    public static byte[] Read(IConfiguration configuration, Func<string> directory)
    {
        if (configuration["Ledger:DevelopmentKey"] is { Length: > 0 } secret)
        {
            return secret.Length >= Length
                ? SHA256.HashData(Encoding.UTF8.GetBytes(secret))
                : throw new StartRefusedException($"Ledger:DevelopmentKey must have at least {Length} characters.");
        }

        var path = Path.Combine(directory(), "development.key");
        if (!File.Exists(path))
        {
            PrivateFile.WriteNew(path, RandomNumberGenerator.GetBytes(Length));
        }

        return File.ReadAllBytes(path) is { Length: Length } key
            ? key
            : throw new StartRefusedException($"{path} does not hold a key of {Length} bytes; delete it to have a new one made.");
    }
}
