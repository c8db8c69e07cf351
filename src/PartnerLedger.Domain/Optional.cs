using System.Text.Json.Serialization;
using PartnerLedger.Domain.Json;

namespace PartnerLedger.Domain;

/// <summary>A member that may be left out, be null, or have a value.</summary>
[JsonConverter(typeof(OptionalConverterFactory))]
public readonly record struct Optional<T> : IOptional
    where T : notnull
{
    private readonly T? value;

    private Optional(T? value, bool isNull)
    {
        this.value = value;
        IsNamed = true;
        IsNull = isNull;
    }

    public static Optional<T> Null => new(default, isNull: true);

    /// <summary>Whether the member is there at all, be it as null.</summary>
    public bool IsNamed { get; }

    public bool IsNull { get; }

    public bool HasValue => IsNamed && !IsNull;

    public T Value => HasValue ? value! : throw new InvalidOperationException("The member has no value.");

    public static implicit operator Optional<T>(T value) => Of(value);

    public static Optional<T> Of(T value) => new(value, isNull: false);

    /// <summary>The value, or what stood before: for members that cannot be cleared.</summary>
    public T Or(T before) => HasValue ? value! : before;
}

/// <summary>What can be asked of a member whatever its type.</summary>
public interface IOptional
{
    bool IsNamed { get; }

    bool IsNull { get; }
}

/// <summary>Members that null clears.</summary>
public static class OptionalClearing
{
    public static T? OrClear<T>(this Optional<T> member, T? before)
        where T : class => member.HasValue ? member.Value : member.IsNull ? null : before;

    public static T? OrClear<T>(this Optional<T> member, T? before)
        where T : struct => member.HasValue ? member.Value : member.IsNull ? null : before;
}
