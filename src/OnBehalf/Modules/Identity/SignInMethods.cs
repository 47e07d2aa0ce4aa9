namespace OnBehalf.Modules.Identity;

/// <summary>How somebody can prove who he is at the door.</summary>
public static class SignInMethods
{
    public const string Password = "password";

    /// <summary>Password and a code of his app, or a recovery code.</summary>
    public const string PasswordAndCode = "password-code";

    /// <summary>A passkey with the person verified by his device: two factors in one.</summary>
    public const string Passkey = "passkey";

    /// <summary>The external sign-in of the organisation.</summary>
    public const string Provider = "provider";

    public const string ProviderAndCode = "provider-code";

    /// <summary>The same with a code of his app.</summary>
    public static string WithCode(string? method) => method == Provider ? ProviderAndCode : PasswordAndCode;

    public static string Word(string method) => method switch
    {
        Password => Say("with the password"),
        PasswordAndCode => Say("with password and code"),
        Passkey => Say("with a passkey"),
        Provider => Say("by the external sign-in"),
        ProviderAndCode => Say("by the external sign-in and a code"),
        _ => method,
    };
}
