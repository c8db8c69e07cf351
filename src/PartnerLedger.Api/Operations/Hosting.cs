using Microsoft.Extensions.Configuration.Memory;
using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Operations;

/// <summary>How the service listens: port 5080 unless told otherwise, small bodies, no word about its make.</summary>
internal static class Hosting
{
    /// <summary>The least of all sources: whatever else is configured holds. A line for every request would cost more than the request.</summary>
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        // The welcome says where the service listens and how to stop it.
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        // What keeps the service from starting is thrown as well, and told once.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
    };

    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.ConfigureHttpJsonOptions(options => Json.Strict(options.SerializerOptions));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytes.Largest;
        });

        var configuration = builder.Configuration;
        if (string.IsNullOrEmpty(configuration["urls"]) && string.IsNullOrEmpty(configuration["http_ports"])
            && string.IsNullOrEmpty(configuration["https_ports"]) && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls("http://localhost:5080");
        }

        return builder;
    }
}
