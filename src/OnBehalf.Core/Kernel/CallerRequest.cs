namespace OnBehalf.Kernel;

/// <summary>
/// From where somebody asks, as an event of the audit log may say it for ever: references that are the same for the same device or network, and tell nobody
/// which one that is.
/// </summary>
/// <param name="Id">Of the request; it stands in the server's log and in the header `X-Request-Id` of the answer.</param>
/// <param name="Trace">The `traceparent` that was sent with it, when it was well-formed.</param>
/// <param name="Device">Stands for the browser; null when it does not say its name.</param>
/// <param name="Network">Stands for the address; null when it is not known.</param>
public sealed record CallerRequest(string Id, string? Trace, string? Device, string? Network)
{
    /// <summary>The right that the endpoint asked for.</summary>
    public string? Right { get; init; }
}
