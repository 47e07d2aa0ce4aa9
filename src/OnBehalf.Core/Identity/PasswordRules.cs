using System.Collections.Frozen;
using System.Text;
using OnBehalf.Kernel;

namespace OnBehalf.Identity;

/// <summary>
/// What a password must be: long, not the mail address, none of those that everybody tries first. No rule about digits or signs, which only make people
/// write "Password1!" (NIST SP 800-63B, 3.1.1.2).
/// </summary>
public static class PasswordRules
{
    public const int Least = 10;

    /// <summary>Hashing takes time in proportion; nobody remembers more.</summary>
    public const int Most = 200;

    // The commonest of at least ten characters, without case: rows of keys, repetitions, and words that shops and their staff invite.
    private static readonly FrozenSet<string> Commonest = """
        1234567890 12345678910 123456789a a123456789 0123456789 0987654321 9876543210 1234567891 123456789q q123456789 1q2w3e4r5t 1q2w3e4r5t6y
        q1w2e3r4t5 q1w2e3r4t5y6 1qaz2wsx3edc qazwsxedcrfv zaq12wsxcde3 qwertyuiop qwertyuiop1 qwertzuiop qwertyuiop123 qwerty12345 qwerty123456
        qwerty1234 azertyuiop asdfghjkl1 asdfghjklo asdfghjkl123 asdfasdfasdf zxcvbnm123 abcdefghij abcdefghijk abcdefghijkl abcd123456 abc1234567
        abc123456789 a1b2c3d4e5 a1b2c3d4e5f6 1111111111 11111111111 0000000000 00000000000 2222222222 5555555555 6666666666 7777777777 8888888888
        9999999999 1212121212 1231231231 123123123123 1122334455 1112223334 aaaaaaaaaa password01 password12 password123 password1234 password12345
        password123! password1! password!1 passwordpassword passw0rd123 p@ssw0rd123 p@ssword123 passwort123 passwort1234 passwort123! motdepasse1
        motdepasse123 contrasena1 contrasena123 wachtwoord1 wachtwoord123 salasana123 welcome123 welcome1234 welcome12345 welcome123! willkommen
        willkommen1 willkommen123 bienvenue1 bienvenido letmein123 letmein1234 letmein12345 changeme123 changeme1234 changeme123! administrator
        administrator1 admin12345 admin123456 admin123456789 adminadmin adminadmin1 administrador administrateur superadmin rootroot12 iloveyou12
        iloveyou123 iloveyou1234 iloveyouforever princess12 princess123 sunshine12 sunshine123 football12 football123 baseball12 baseball123
        basketball superman12 superman123 batman12345 dragon12345 monkey12345 master12345 michael123 jennifer123 charlie123 liverpool1 manchester
        manchester1 chelsea123 barcelona1 realmadrid juventus123 bayernmunchen fcbayern1900 schalke1904 deutschland deutschland1 österreich switzerland
        computer12 computer123 internet12 internet123 samsung123 microsoft1 google12345 facebook12 facebook123 starwars12 starwars123 pokemon123
        minecraft1 minecraft123 whatever12 whatever123 trustno1234 secret12345 geheim12345 geheimnis1 test123456 test1234567 testtest12 testtest123
        testpassword temp123456 temporary1 user123456 guest12345 company123 onbehalf123 onbehalf1234 shop123456 sommer2024 sommer2025 sommer2026
        winter2024! winter2025! winter2026! summer2024 summer2025 summer2026 spring2025 spring2026 autumn2025 autumn2026 herbst2025 frühling2026
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Why this cannot be the password of the person with that address; null when it can.</summary>
    public static Refusal? Check(string? password, string email)
    {
        if (string.IsNullOrEmpty(password))
        {
            return Refusal.Invalid("identity.password-missing", "Password: please choose one.", "Password");
        }

        if (password.EnumerateRunes().Count() < Least)
        {
            return Refusal.Invalid("identity.password-short", $"Password: at least {Least} characters. Several words are easy to remember.", "Password");
        }

        if (password.Length > Most)
        {
            return Refusal.Invalid("identity.password-long", $"Password: at most {Most} characters.", "Password");
        }

        var plain = Plain(password);
        if (plain == Plain(email) || plain == Plain(email.Split('@')[0]))
        {
            return Refusal.Invalid("identity.password-is-email", "Password: not your e-mail address.", "Password");
        }

        return Commonest.Contains(plain) || plain.EnumerateRunes().Distinct().Count() < 3
            ? Refusal.Invalid("identity.password-common", "Password: too easy to guess, it is one of those that everybody tries first.", "Password")
            : null;
    }

    /// <summary>
    /// The form that is hashed: the same on every keyboard that composes accents in its own way (NIST SP 800-63B, 3.1.1.2 recommends NFKC or NFKD).
    /// </summary>
    public static string Canonical(string? password)
    {
        var cut = password is null ? "" : password[..Math.Min(password.Length, Most)];
        return cut.EnumerateRunes().Contains(Rune.ReplacementChar) ? cut : cut.Normalize(NormalizationForm.FormKC);
    }

    private static string Plain(string text) => Canonical(text.Trim()).ToLowerInvariant();
}
