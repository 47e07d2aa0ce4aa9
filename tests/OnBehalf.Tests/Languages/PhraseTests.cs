using System.Text.Json;
using System.Text.RegularExpressions;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;
using OnBehalf.Ui;

namespace OnBehalf.Tests.Languages;

/// <summary>What the program can say, in every language that it speaks.</summary>
public sealed partial class PhraseTests
{
    private static readonly Lazy<List<(IReadOnlyList<SpokenPhrase> Phrases, IReadOnlyList<string> Faults)>> All =
        new(() => [SpokenPhrases.Of(typeof(Phrase).Assembly), SpokenPhrases.Of(typeof(Host.ShopHost).Assembly)]);

    [Fact]
    public void Every_phrase_is_known_when_the_program_is_built_and_none_is_said_once_and_kept()
    {
        var faults = All.Value.SelectMany(one => one.Faults).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>All of German; of French what the pages of the shop can say, and nothing that nobody says.</summary>
    [Theory]
    [InlineData("de")]
    [InlineData("fr")]
    public void Every_phrase_has_its_words_and_no_words_are_left_over(string language)
    {
        var words = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Repository.PathTo("src", "OnBehalf", "Texts", language + ".json")))!;
        var said = All.Value.SelectMany(one => one.Phrases).Where(phrase => Letters().IsMatch(phrase.Key)).ToList();
        var wanted = said.Where(phrase => language == "de" || IsOfShop(phrase)).Select(phrase => phrase.Key).Concat(Country.All.Select(country => country.EnglishName)).ToHashSet(StringComparer.Ordinal);
        var missing = wanted.Where(key => !words.ContainsKey(key)).Order(StringComparer.Ordinal).Select(key => $"{JsonSerializer.Serialize(key, Plain)}: \"\",").ToList();
        Assert.True(missing.Count == 0, $"{language}.json lacks:\n{string.Join('\n', missing)}");
        Assert.Empty(words.Keys.Except(said.Select(phrase => phrase.Key)).Except(wanted));

        // Each value has its place, and pieces that stand beside others keep their distance.
        Assert.Empty(words.Where(pair => Places(pair.Key) != Places(pair.Value)));
        Assert.Empty(words.Where(pair => pair.Key.StartsWith(' ') != pair.Value.StartsWith(' ') || pair.Key.EndsWith(' ') != pair.Value.EndsWith(' ')));
    }

    [Fact]
    public void Scripts_say_only_what_the_pages_bring_them()
    {
        var brought = ScriptWords.All.Select(words => words.Key).ToHashSet(StringComparer.Ordinal);
        var said = Directory.EnumerateFiles(Repository.PathTo("src", "OnBehalf", "wwwroot", "assets"), "*.js").Select(File.ReadAllText).SelectMany(text => Said().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(said.Except(brought));
        Assert.Empty(brought.Except(said));
    }

    [Fact]
    public void A_phrase_is_said_in_the_language_and_the_order_of_who_reads_it()
    {
        Phrase sent = $"We have sent a mail to {"ines@nordlicht.example"} on {new DateOnly(2026, 3, 1):d MMM yyyy}. You get the newsletter when you have opened the link in it, within three days.";
        Assert.StartsWith("We have sent a mail to ines@nordlicht.example on 1 Mar 2026.", sent, StringComparison.Ordinal);
        Host.Spoken.Learn();
        using (Host.Spoken.To("de"))
        {
            Assert.StartsWith("Wir haben am 1. März 2026 eine E-Mail an ines@nordlicht.example gesendet.", sent, StringComparison.Ordinal);
            Assert.Equal("Anmelden", Speech.Say("Sign in"));
            Assert.Equal("Nobody has translated this", Speech.Say("Nobody has translated this"));
        }

        Assert.Equal("Sign in", Speech.Say("Sign in"));
    }

    // What is for staff alone is not said in French: rooms of theirs, the sentences of the log, commands.
    private static bool IsOfShop(SpokenPhrase phrase) => !OfStaff().IsMatch(phrase.Type) && !phrase.Type.Contains("Import", StringComparison.Ordinal);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Places(string words) => string.Join(' ', Place().Matches(words).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\bsay\('((?:[^'\\]|\\.)*)'", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Said();

    [GeneratedRegex(@"^OnBehalf\.(Modules\.)?(Orders\.(Modules_Orders_)?StaffFastOrder|Alerts|Exports|BackOffice|Backup|Import|Demo|Settings\.(?!.*Cookies)|Audit\.(?!AuditSentence)|Log\.(?!LogProofs)|Mail\.|Privacy\.(?!MyPrivacy|Modules_Privacy_MyPrivacy|Erasures$)|Pricing\.Modules_|Pricing\.(PriceListDraft|ShippingDraft|CouponDraft|CouponBook|PriceLists|CustomerGroups?|TaxRateDraft|ShippingRateText|PriceText|PricingErasing|TaxesAndShipping|ListedCoupon|CouponsPage|TaxExemption)|Assistance\.(Modules_Assistance_)?(Policy(?!Asks)|RuleDraft|Simulat|WhyPage|OrganisationsPage|Desk|Report|Protection|MakeLink|Cases|AssistCases|LiveSessions|StopSessions|StaffSessions|MySessions|Requests?|RequestMails|RequestAccess|AssistRequests|ShownRequest|ClosedPages|Verify|ActFor|FollowLink|AssistLinks|Link|SessionAlerts|StartBeside|StartEmergency|AssistanceErasing|AssistanceAging|ConsentForm|AskPage|ShownAsk$)|Companies\.(Modules_Companies_)?(Organisations|Assignments|RepHandOver|Reps|CompanyParts|CustomerResults|NewCustomer|CompanyData|CompanyKind|CompanyStatus|NewConsumer|Customers|Office|PersonParts|PersonFields|NewPerson|NewAddress|CompanyTree|CustomerForm|CustomerParts|CustomerList|Duplicate|CompanyChanges|CompaniesErasing|CompanyMaster|CompanyFields)|Catalog\.(Modules_Catalog_)?(Assortment|ListedAssortment|Article|CategoriesPage|CategoryChanges|Synonyms|NewArticle|OpenArticles|ProductFiles|StockBook)|Identity\.(Modules_Identity_)?(BuyerHelp|Staff|Setup|SecondStep|Passkey|Provider|Recovery|SecurityPage|NewAdministrator|IdentityErasing|IdentityAging|ProofFields)|Orders\.(Modules_Orders_)?(OrderTermsEdit|OrderRepresentative|OrderListParts|Given|PaymentMethods|StaffOrder|Office|OrderStepPage|PaymentTerms|OrdersErasing)|Carts\.(Modules_Carts_)?(StaffCart|StaffProposals|OfficeCarts|ShownStaffCarts|CartsErasing|CartsAging)|Notes\.|Deals\.|Commissions\.|Ui\.(OperatorBar|SessionOver)|Kernel\.Right$|Data\.|Host\.(Transport|ClosablePage)|Lists\.ListsErasing|Budgets\.(BudgetsErasing|Modules_Budgets_Office)|Preferences\.PreferencesErasing)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex OfStaff();

    [GeneratedRegex("[A-Za-z]{2}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Letters();

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Place();
}
