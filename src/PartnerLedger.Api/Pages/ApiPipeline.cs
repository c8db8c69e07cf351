namespace PartnerLedger.Api.Pages;

/// <summary>The way that a request takes through the service, kept so that pages can send theirs along it.</summary>
internal sealed class ApiPipeline
{
    private RequestDelegate? way;

    public RequestDelegate Way => way ?? throw new InvalidOperationException("The service does not take requests yet.");

    public RequestDelegate Keep(RequestDelegate next) => way = next;
}
