namespace OnBehalf.Modules.Identity;

/// <summary>How somebody can prove who he is at the door.</summary>
public static class SignInMethods
{
    public const string Password = "password";

    /// <summary>Password and a code of his app, or a recovery code.</summary>
    public const string PasswordAndCode = "password-code";

    /// <summary>A passkey with the person verified by his device: two factors in one.</summary>
    public const string Passkey = "passkey";

    public static string Word(string method) => method switch
    {
        Password => "with the password",
        PasswordAndCode => "with password and code",
        Passkey => "with a passkey",
        _ => method,
    };
}
