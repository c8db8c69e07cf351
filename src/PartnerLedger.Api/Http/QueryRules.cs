using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace PartnerLedger.Api.Http;

/// <summary>Which query parameters an endpoint takes, and what each may say; told from the handler's own parameters.</summary>
internal sealed class QueryRules
{
    public const string MinPosition = "minPosition";

    private readonly Dictionary<string, Rule> rules = new(StringComparer.Ordinal);

    public static void Add(EndpointBuilder builder)
    {
        var result = new QueryRules();
        var path = (builder as RouteEndpointBuilder)?.RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        foreach (var binding in builder.Metadata.OfType<IParameterBindingMetadata>().Where(binding => IsQuery(binding, path)))
        {
            var parameter = binding.ParameterInfo;
            var name = parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(binding.Name);
            result.rules[name] = Rule.For(parameter);
        }

        if (builder.Metadata.OfType<IHttpMethodMetadata>().Any(methods => methods.HttpMethods.Contains(HttpMethods.Get)))
        {
            result.rules[MinPosition] = new Rule(IsMany: false, Words: null, value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "Must be a position.");
        }

        builder.Metadata.Add(result);
    }

    public Errors? Check(IQueryCollection query)
    {
        Errors? errors = null;
        foreach (var (name, values) in query)
        {
            if (Fault(name, values) is { } message)
            {
                (errors ??= new Errors()).Add(name, message);
            }
        }

        return errors;
    }

    /// <summary>The words of which a parameter takes one, or several if it may repeat; null where it is not about words.</summary>
    public (IReadOnlyList<string> Words, bool IsMany)? WordsOf(string name) =>
        rules.TryGetValue(name, out var rule) && rule.Words is not null ? (rule.Words, rule.IsMany) : null;

    private string? Fault(string name, StringValues values)
    {
        if (!rules.TryGetValue(name, out var rule))
        {
            return rules.Count == 0 ? "Is not known here: no query parameter is." : $"Is not known here. Known are {string.Join(", ", rules.Keys.Order(StringComparer.Ordinal))}.";
        }

        return values.Count > 1 && !rule.IsMany ? "Stands more than once." : values.Select(value => rule.Fault(value ?? "")).FirstOrDefault(fault => fault is not null);
    }

    private static bool IsQuery(IParameterBindingMetadata binding, HashSet<string> path)
    {
        var attributes = binding.ParameterInfo.GetCustomAttributes(inherit: true);
        if (attributes.OfType<IFromQueryMetadata>().Any())
        {
            return true;
        }

        var type = binding.ParameterInfo.ParameterType;
        return !attributes.Any(a => a is IFromRouteMetadata or IFromHeaderMetadata or IFromBodyMetadata or IFromServiceMetadata or IFromFormMetadata)
            && !path.Contains(binding.Name)
            && (binding.HasTryParse || type == typeof(string) || type == typeof(string[]) || type == typeof(StringValues));
    }

    /// <summary>What one parameter may say: how often, of which words if any, and what is wrong with a value (null: nothing).</summary>
    private sealed record Rule(bool IsMany, IReadOnlyList<string>? Words, Func<string, string?> Fault)
    {
        public static Rule For(ParameterInfo parameter)
        {
            var isMany = parameter.ParameterType.IsArray || parameter.ParameterType == typeof(StringValues);
            var given = parameter.ParameterType.IsArray ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
            var type = Nullable.GetUnderlyingType(given) ?? given;
            var words = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Word<>) ? WordConverterFactory.WordsOf(type.GenericTypeArguments[0]).ToArray() : null;
            var form = words is null ? Form(type) : value => words.Contains(value, StringComparer.Ordinal) ? null : $"Must be one of {string.Join(", ", words)}.";
            return parameter.GetCustomAttribute<RangeAttribute>() is { } range
                ? new Rule(isMany, words, value => form(value) ?? (range.IsValid(value) ? null : Limits(range)))
                : new Rule(isMany, words, form);
        }

        // The attribute keeps a long's ends as doubles. Its upper end is no limit that anybody set.
        private static string Limits(RangeAttribute range)
        {
            var (least, most) = (Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));
            return most >= long.MaxValue ? $"Must be at least {Plain(least)}." : $"Must lie between {Plain(least)} and {Plain(most)}.";
        }

        private static string Plain(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

        private static Func<string, string?> Form(Type type)
        {
            if (type.IsEnum)
            {
                throw new InvalidOperationException($"Take {type.Name} from the query as Word<{type.Name}>: the framework would take its numbers too.");
            }

            if (type == typeof(string) || type == typeof(StringValues))
            {
                return static value => value.Contains('\0') ? "The character U+0000 is not allowed." : null;
            }

            return Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>))
                ? typeof(Rule).GetMethod(nameof(Parses), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).CreateDelegate<Func<string, string?>>()
                : static _ => null;
        }

        private static string? Parses<T>(string value)
            where T : IParsable<T> =>
            T.TryParse(value, CultureInfo.InvariantCulture, out _) ? null : $"Is not {Name(typeof(T))}.";

        private static string Name(Type type) => Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "true or false",
            >= TypeCode.SByte and <= TypeCode.UInt64 => "a whole number",
            TypeCode.DateTime => "a time",
            _ when type == typeof(Guid) => "a UUID",
            _ when type == typeof(DateTimeOffset) => "an RFC 3339 time",
            _ when type == typeof(DateOnly) => "a date",
            _ when type == typeof(Moment) => "a moment like 2024-03-01T00:00:00Z",
            _ => "of the form that this parameter takes",
        };
    }
}
