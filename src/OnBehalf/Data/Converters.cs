using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

internal sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Create(value))
    where TId : struct, IId<TId>
{
    // An expression tree cannot call a static abstract member.
    private static TId Create(Guid value) => TId.From(value);
}

internal sealed class WordConverter<T>() : ValueConverter<T, string>(value => Words.Kebab(value), word => Words.Parse<T>(word))
    where T : struct, Enum;

internal sealed class CurrencyConverter() : ValueConverter<Currency, string>(currency => currency.Code, code => Currency.Of(code));

/// <summary>SQLite has no type for time: whole microseconds since 1970 in UTC sort and compare as numbers.</summary>
internal sealed class MicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(time => ToMicroseconds(time), value => FromMicroseconds(value))
{
    public static long ToMicroseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long value) => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);
}

#pragma warning disable EF1001 // The source of mappings is the one place that reaches rows, parameters and records of our own SQL alike.
internal sealed class SqliteTypes(TypeMappingSourceDependencies dependencies, RelationalTypeMappingSourceDependencies relational)
    : SqliteTypeMappingSource(dependencies, relational)
{
    private static readonly RelationalTypeMapping Time =
        (RelationalTypeMapping)new LongTypeMapping("INTEGER").WithComposedConverter(new MicrosecondsConverter());

    protected override RelationalTypeMapping? FindMapping(in RelationalTypeMappingInfo mappingInfo) =>
        mappingInfo.ClrType == typeof(DateTimeOffset) ? Time : base.FindMapping(mappingInfo);
}
#pragma warning restore EF1001
