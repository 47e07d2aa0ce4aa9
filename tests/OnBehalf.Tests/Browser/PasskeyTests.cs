using Microsoft.Playwright;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>Passkeys in a real browser with a device of its own making.</summary>
[Trait("Category", "Browser")]
public sealed class PasskeyTests
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task Somebody_adds_a_passkey_signs_in_with_it_proves_himself_with_it_and_removes_it(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await shop.PutTerms(terms => terms with { ProofSeconds = 600, NeedsSecondFactor = true });
        await using var window = await Window.Open(shop, "passkey", width, host: "localhost");
        var device = await Device.Plug(window);
        await window.Go("/staff/account/login", "door");
        await window.Page.GetByLabel("E-mail address").FillAsync("karim@onbehalf.example");
        await window.Page.GetByLabel("Password").FillAsync(Characters.Password);
        await window.Click(window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }), "desk");
        await window.Go("/staff/account/passkeys", "none");
        await window.Page.GetByLabel("What you call it").FillAsync("Work laptop");
        await window.Button("Add a passkey").ClickAsync();
        await window.Page.GetByText("The passkey is added").WaitForAsync();
        await window.Look("added");
        Assert.Equal(1, await shop.Scalar<long>("select count(*) from passkey where is_user_verified = " + (shop.Database.Kind == Data.DatabaseKind.Sqlite ? "1" : "true")));

        // Out, and in again without a password; that is two factors, so the rule is content.
        await shop.Sql("update sign_in set ended_at = created_at");
        await window.Go("/staff/account/login", "door-again");
        await window.Button("Sign in with a passkey").ClickAsync();
        await window.Page.WaitForURLAsync("**/staff");
        Assert.Equal("passkey", await shop.Scalar<string>("select method from sign_in where ended_at is null"));
        Assert.Equal(1, await shop.Scalar<long>("select count(*) from sign_in where method = 'passkey' and second_factor_at is not null"));

        // Later the rule asks again.
        await shop.Age("sign_in", "second_factor_at", TimeSpan.FromMinutes(11));
        await window.Go($"/staff/customers/N-1001/act/{Characters.MembershipIdOf("ines")}", "confirm");
        await window.Button("Prove it with a passkey").ClickAsync();
        await window.Page.WaitForURLAsync("**/as/**");
        Assert.Contains("identity.proved-again", await shop.Facts());

        // A device that does not know its owner is no proof: the browser itself finds none that fits.
        await device.Verify(false);
        await shop.Sql("update sign_in set ended_at = created_at");
        await window.Go("/staff/account/login", "door-unverified");
        await window.Button("Sign in with a passkey").ClickAsync();
        await window.Page.GetByText("That was not finished").WaitForAsync();
        Assert.Equal(0, await shop.Scalar<long>("select count(*) from sign_in where ended_at is null"));

        // Removed, it opens nothing.
        await device.Verify(true);
        await shop.Sql("delete from passkey");
        await window.Button("Sign in with a passkey").ClickAsync();
        await window.Page.GetByText("does not count here").WaitForAsync();
        Assert.Contains("identity.sign-in-failed", await shop.Facts());
        window.Close();
    }

    /// <summary>A passkey device of the browser's own, which touches itself.</summary>
    private sealed class Device(ICDPSession session, string id)
    {
        public static async Task<Device> Plug(Window window)
        {
            var session = await window.Page.Context.NewCDPSessionAsync(window.Page);
            await session.SendAsync("WebAuthn.enable");
            var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            });
            return new Device(session, added!.Value.GetProperty("authenticatorId").GetString()!);
        }

        public Task Verify(bool isVerified) => session.SendAsync(
            "WebAuthn.setUserVerified", new Dictionary<string, object> { ["authenticatorId"] = id, ["isUserVerified"] = isVerified });
    }
}
