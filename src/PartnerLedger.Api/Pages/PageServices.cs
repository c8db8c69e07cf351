using Microsoft.Extensions.FileProviders;
using PartnerLedger.Api.Pages.Session;

namespace PartnerLedger.Api.Pages;

/// <summary>Puts the pages for people together: components rendered on the server, and a style sheet and a script of our own beside them.</summary>
internal static class PageServices
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services
            .AddHttpContextAccessor()
            .AddScoped(scope => Reader.Of(scope.GetRequiredService<IHttpContextAccessor>().HttpContext))
            .AddSingleton<ApiPipeline>()
            .AddSingleton<LedgerApi>()
            .AddScoped<PageCatalogue>()
            .AddSingleton(new AssetVersion(Assets));
    }

    /// <summary>First of all, so that what pages ask takes the whole way that any request takes.</summary>
    public static void UsePages(this WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<ApiPipeline>();
        app.UseMiddleware<PageHeaders>();
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = Assets,
            RequestPath = AssetVersion.Path,
            // The address changes with the file.
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable",
        });
        app.Use(pipeline.Keep);
        app.UseMiddleware<CsvLinks>();
    }

    public static void MapPages(this WebApplication app)
    {
        SessionEndpoints.Map(app);
        app.MapRazorComponents<App>();
    }

    private static EmbeddedFileProvider Assets { get; } = new(typeof(PageServices).Assembly, "assets");
}
