using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Somebody chose the language in which he is answered, and written to.</summary>
public sealed record LanguageChosen(Code Kind, StaffId? Operator, BuyerId? Buyer, Code? Before, Code? After) : Fact
{
    public override string Name => "identity.language-chosen";
}

/// <summary>The language of a person who is signed in. Nobody chooses it for another: there is no session here.</summary>
public sealed class LanguageChoice(Database database)
{
    public static readonly Refusal Unknown = Refusal.Invalid("identity.language-unknown", "Language: choose one of the list.", "language");

    public async Task<Outcome<Done>> Choose(Caller caller, string? language, CancellationToken cancel)
    {
        if (Spoken.Known(language) is not { } code)
        {
            return Unknown;
        }

        return await database.Write<Done>(
            caller,
            async tx =>
            {
                PersonRow row = caller.Actor switch
                {
                    Actor.Staff staff => await tx.Db.Set<StaffRow>().SingleAsync(one => one.Id == staff.Id, tx.Cancel),
                    Actor.Buyer buyer => await tx.Db.Set<BuyerRow>().SingleAsync(one => one.Id == buyer.Id, tx.Cancel),
                    _ => throw new InvalidOperationException("Only people have a language."),
                };
                if (row.Language != code)
                {
                    tx.Add(new LanguageChosen(
                        caller.Staff is null ? "buyer" : "staff", caller.Staff?.Id, (caller.Actor as Actor.Buyer)?.Id, row.Language is { } before ? new Code(before) : default(Code?), new Code(code)));
                    row.Language = code;
                }

                return Done.It;
            },
            cancel);
    }

    /// <summary>The form at the foot of each page. Who is not signed in carries his choice in a cookie.</summary>
    internal static async Task<IResult> Answer(HttpContext context, LanguageChoice languages, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var language = form["language"].ToString();
        var outcome = context.Caller().Actor is not Actor.Nobody ? await languages.Choose(context.Caller(), language, context.RequestAborted)
            : Spoken.Known(language) is null ? Unknown : Done.It;
        if (outcome.Refusal is { } refusal)
        {
            Refusals.Leave(context, refusal);
            return Results.StatusCode(Refusals.StatusOf(refusal));
        }

        if (context.Caller().Actor is Actor.Nobody)
        {
            context.Response.Cookies.Append(Spoken.Cookie, language, new CookieOptions
            {
                HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", MaxAge = TimeSpan.FromDays(365), IsEssential = true,
            });
        }

        context.Response.Headers.Location = ReturnUrl.Of(context.Surface(), form["returnUrl"]);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
