using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Http;

/// <summary>What <see cref="BodyFilter"/> needs to know of a body, whatever its type.</summary>
internal interface IBody
{
    Problem? Refusal { get; }
}

/// <summary>That an endpoint reads a JSON body, and of which type.</summary>
internal sealed record BodyMetadata(Type Type);

/// <summary>A request's JSON body, read strictly and validated; a handler only ever sees a good one.</summary>
internal sealed class Body<T> : IBody, IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
    where T : class, IValidated
{
    private static readonly ReadOnlyMemory<byte> Nothing = "{}"u8.ToArray();

    private readonly T? value;

    private Body(T value, ReadOnlyMemory<byte> canonical) => (this.value, Canonical) = (value, canonical);

    private Body(Problem refusal) => Refusal = refusal;

    public Problem? Refusal { get; }

    public T Value => value ?? throw new InvalidOperationException("A refused body was not answered: the endpoint lacks the edge's conventions.");

    /// <summary>The body in canonical form (RFC 8785), by which a repeated request is known.</summary>
    public ReadOnlyMemory<byte> Canonical { get; }

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var (bytes, refusal) = await BodyBytes.Read(context);
        if (refusal is not null)
        {
            return new Body<T>(refusal);
        }

        // Where nothing is required nothing need be sent; where something is, it is named.
        return bytes.IsEmpty ? Parse(context, Nothing) : bytes.Faults is { } faults ? Refuse(faults) : Parse(context, bytes.Canonical);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new BodyMetadata(typeof(T)));

    private static Body<T> Refuse(IReadOnlyList<JsonFault> faults)
    {
        var errors = new Errors();
        foreach (var fault in faults)
        {
            errors.Add(fault.Pointer, fault.Message);
        }

        return new Body<T>(Problems.Invalid(errors));
    }

    private static Body<T> Parse(HttpContext context, ReadOnlyMemory<byte> canonical)
    {
        var rules = typeof(IRuled).IsAssignableFrom(typeof(T)) ? context.RequestServices.GetRequiredService<RequestRules>() : null;
        return BodyReader.Read<T>(canonical, rules, out var errors) is { } request ? new Body<T>(request, canonical) : new Body<T>(Problems.Invalid(errors));
    }
}
