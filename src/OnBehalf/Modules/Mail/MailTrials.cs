using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Mail;

/// <summary>Sends one mail at once to whoever asks for it, and says what became of it.</summary>
public sealed class MailTrials
{
    private readonly Database _database;
    private readonly Postman _postman;
    private readonly ShopSettings _settings;

    internal MailTrials(Database database, Postman postman, ShopSettings settings) => (_database, _postman, _settings) = (database, postman, settings);

    /// <summary>To the address of the staff member himself and to nobody else: it is no way to write to others.</summary>
    public async Task<Outcome<Done>> Send(Caller caller, CancellationToken cancel)
    {
        var shop = await _settings.Get(ShopSettings.ShopName, cancel);
        var trouble = await _postman.Try(
            caller.Staff!.Email, caller.Actor.Name, Say($"{shop}: this is how mail arrives"),
            Say($"""
            Dear {caller.Actor.Name},

            you asked for this mail to see whether the shop can send any. It can.

            {shop}
            """),
            cancel);
        await _database.Record(caller, new MailTried(trouble is null ? "sent" : "refused"), cancel);
        return trouble is null ? Done.It : Refusal.Conflict("mail.not-taken", $"The mail could not be handed over: {trouble}");
    }
}

/// <summary>An administrator has tried whether mail goes out.</summary>
public sealed record MailTried(Code Result) : Fact
{
    public override string Name => "mail.tried";
}
