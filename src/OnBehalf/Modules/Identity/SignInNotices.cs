namespace OnBehalf.Modules.Identity;

/// <summary>What was done on a list of sign-ins, in words.</summary>
internal static class SignInNotices
{
    public static string? Of(string? done) => done switch
    {
        "ended" => Say("That browser is signed out, and nothing more can be done in it."),
        "others" => Say("Every other browser is signed out."),
        "all" => Say("Every browser is signed out."),
        "off" => Say("The second step is switched off."),
        "reset" => Say("The second step is reset, every browser is signed out, and a mail says so."),
        _ => null,
    };
}
