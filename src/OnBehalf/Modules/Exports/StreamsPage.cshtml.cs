using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Exports;

/// <summary>Where the log is sent to, how far it has got there, and what is wrong.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.SettingsChange)]
public sealed class StreamsPage(Streams streams, StreamQueries queries) : ShopPage
{
    [BindProperty]
    public StreamDraft Input { get; set; } = new();

    public IReadOnlyList<ShownStream> All { get; private set; } = [];

    /// <summary>The key that was just made: shown here and never again.</summary>
    public string? SigningKey { get; private set; }

    public string? Told { get; private set; }

    public async Task OnGet() => All = await queries.All(Cancel);

    /// <param name="what">`add`, `test`, `on`, `off`, `remove`.</param>
    public async Task<IActionResult> OnPost(string? what, Guid id)
    {
        var refusal = what switch
        {
            "test" => (await streams.Test(Caller, id, Cancel)).Refusal,
            "on" or "off" => (await streams.Switch(Caller, id, what == "on", Cancel)).Refusal,
            "remove" => (await streams.Remove(Caller, id, Cancel)).Refusal,
            _ => null,
        };
        if (what is "test" or "on" or "off" or "remove")
        {
            await OnGet();
            // Nothing was typed: what the form did not send is no mistake of anybody's.
            ModelState.Clear();
            Told = refusal is not null ? null : what switch { "test" => Say("The test record has arrived."), "on" => Say("It goes on where it stood."), "off" => Say("Nothing is sent until you switch it on again."), _ => Say("It was removed.") };
            return refusal is null ? Page() : Refused(refusal);
        }

        var added = await streams.Add(Caller, Input, Cancel);
        await OnGet();
        // Never sent back to the browser, not even into the form it came from.
        ModelState.Remove("Input.Token");
        Input.Token = null;
        if (added.Refusal is { } no)
        {
            return Refused(no);
        }

        (SigningKey, Told, Input) = (added.Value.Length == 0 ? null : added.Value, Say("It was added."), new StreamDraft());
        ModelState.Clear();
        return Page();
    }
}
