using Microsoft.AspNetCore.Mvc;
using OnBehalf.Carts;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Carts;

/// <summary>What the form of the page sends.</summary>
public sealed class ManyLinesInput
{
    /// <summary>The one-time key of the form.</summary>
    public string? Key { get; set; }

    public string? Text { get; set; }

    /// <summary>A file of the same content; it counts instead of the text.</summary>
    public IFormFile? File { get; set; }

    /// <summary>Put in what can be ordered, and show the rest.</summary>
    public bool OnlyGood { get; set; }
}

/// <summary>A whole list into the cart: pasted, as a CSV file, or the lines of an earlier order. What is wrong is shown line by line, and nothing is lost.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.CartsChange, Mode = Mode.Cart)]
public sealed class ManyLinesPage(CartChanges changes) : ShopPage
{
    [BindProperty]
    public ManyLinesInput Input { get; set; } = new();

    /// <summary>What did not go in.</summary>
    public IReadOnlyList<WrongLine> Wrong { get; private set; } = [];

    /// <summary>How many lines of the list could.</summary>
    public int Good { get; private set; }

    /// <summary>How many went in.</summary>
    public int Added { get; private set; }

    /// <summary>Of the next form: what was sent is done, or has to be sent anew.</summary>
    public string Key { get; } = Guid.NewGuid().ToString();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost()
    {
        if (Input.File is { } file)
        {
            var read = await ListFile.Read(file, Cancel);
            if (read.IsRefused)
            {
                return Refused(read.Refusal);
            }

            Input.Text = read.Value;
        }

        var lines = PastedLines.Read(Input.Text);
        var outcome = await changes.AddMany(Caller, lines, Input.OnlyGood, Input.Key ?? "", Cancel);
        if (outcome.IsRefused)
        {
            return Refused(outcome.Refusal);
        }

        (Added, Wrong) = (outcome.Value.Added, outcome.Value.Wrong);
        if (Wrong.Count == 0)
        {
            return SeeOther($"/cart?many={Added}");
        }

        Good = lines.Count - Wrong.Count - Added;
        if (Added == 0)
        {
            return Refused(CartRefusals.LinesWrong(Wrong.Count));
        }

        // What is in the cart must not be sent once more with what is mended.
        Input.Text = string.Join('\n', Wrong.Select(wrong => wrong.Line.Text));
        return Page();
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue("Input." + field, out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;
}
