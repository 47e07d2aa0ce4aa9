using System.Net;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Ui;

/// <summary>The head of each surface: where one is, where one can go, who one is.</summary>
public static class Navigation
{
    private static readonly (string Href, string Icon, Phrase Words, Right Right)[] StaffLinks =
    [
        ("/staff", "home", "Desk", Right.StaffDesk),
        ("/staff/customers", "users", "Customers", Right.CustomersView),
        ("/staff/fast-order", "phone", "Fast order", Right.AssistStart),
        ("/staff/organisations", "building", "Organisations", Right.AssistStart),
        ("/staff/orders", "package", "Orders", Right.StaffOrdersView),
        ("/admin", "settings", "Back Office", Right.BackOffice),
    ];

    private static readonly (string Href, string Icon, Phrase Words, Right Right)[] BackOfficeLinks =
    [
        ("/admin", "home", "Overview", Right.BackOffice),
        ("/admin/customers", "briefcase", "Customers", Right.BackOffice),
        ("/admin/mail", "mail", "Mail", Right.MailRead),
        ("/admin/assistance/policy", "user-check", "Rules", Right.PolicyChange),
        ("/admin/assistance/requests", "key", "Requests", Right.AccessGrant),
        ("/admin/assistance/why", "info-circle", "Why", Right.AccessGrant),
        ("/admin/sessions", "users", "Sessions", Right.SessionsEndAny),
        ("/admin/audit", "shield-check", "Audit", Right.AuditRead),
        ("/admin/staff", "id-badge", "Staff", Right.StaffSecure),
        ("/admin/settings", "settings", "Settings", Right.SettingsChange),
        ("/staff", "user-share", "Sales Portal", Right.StaffDesk),
    ];

    private static readonly (string Href, Phrase Words)[] StaffAccountLinks =
        [("/staff/commissions", "Your commissions"), ("/staff/sessions", "Your sessions"), ("/staff/deals", "Prices asked for"), ("/staff/proposals", "Your proposals"), ("/staff/account/security", "Sign-in and security"), ("/staff/account/password", "Change password")];

    private static readonly (string Href, Phrase Words)[] AccountLinks =
        [("/account", "Dashboard"), ("/account/orders", "Orders"), ("/account/downloads", "Downloads"), ("/account/lists", "Lists"), ("/account/addresses", "Addresses"), ("/account/data", "Account data"), ("/account/assistance", "Who acted for me")];

    // What is about a person is nothing for who acts for a company as a whole.
    private static readonly (string Href, Phrase Words)[] CompanyLinks = [.. AccountLinks.Where(link => link.Href is not ("/account/data" or "/account/downloads" or "/account/lists"))];

    // Whoever acts for somebody has nothing to do with the people of that company.
    private static readonly (string Href, Phrase Words)[] MemberLinks = [.. AccountLinks, ("/account/company/people", "People of the company")];

    public static IHtmlContent Render(HttpContext context)
    {
        var html = new StringBuilder(4_000);
        html.Append("<header class=\"navbar navbar-expand d-print-none\"><div class=\"container-xl\">");
        if (context.Surface() is Surface.Staff or Surface.BackOffice)
        {
            Staff(html, context);
        }
        else
        {
            Shop(html, context);
        }

        html.Append("</div></header>");
        return new BuiltHtml(html);
    }

    private static void Staff(StringBuilder html, HttpContext context)
    {
        var caller = context.Caller();
        var isBackOffice = context.Surface() == Surface.BackOffice;
        html.Append("<a class=\"navbar-brand\" href=\"").Append(isBackOffice ? "/admin" : "/staff").Append("\">")
            .Append(WebUtility.HtmlEncode(ShopName.Of(context))).Append(" <span class=\"brand-surface\">")
            .Append(WebUtility.HtmlEncode(isBackOffice ? Say("Back Office") : Say("Sales Portal"))).Append("</span></a>");
        if (caller.Staff is not { } staff)
        {
            return;
        }

        html.Append("<nav aria-label=\"").Append(WebUtility.HtmlEncode(Say("Main"))).Append("\" class=\"main-links\">");
        foreach (var (href, icon, words, right) in isBackOffice ? BackOfficeLinks : StaffLinks)
        {
            if (caller.May(right))
            {
                Link(html, context, href, icon, words, IsHere(context.Request.Path.Value ?? "", href));
            }
        }

        html.Append("</nav>");

        // The desk and the list have the box large, as the first thing of the page.
        if (!isBackOffice && caller.May(Right.CustomersView) && context.Request.Path.Value is not ("/staff" or "/staff/customers" or "/staff/fast-order"))
        {
            html.Append(SearchBox.Customers(null, isMain: false));
        }

        Person(html, context, staff.Name, "/staff/account/logout", StaffAccountLinks, null);
    }

    private static void Shop(StringBuilder html, HttpContext context)
    {
        var caller = context.Caller();
        var query = context.Request.Query["q"].ToString();
        var sees = !caller.IsClosed(ClosablePage.CatalogView);
        html.Append("<a class=\"navbar-brand\" href=\"").Append(context.Request.PathBase).Append(sees ? "/" : "/account").Append("\">")
            .Append(WebUtility.HtmlEncode(ShopName.Of(context))).Append("</a>");
        if (sees)
        {
            Search(html, context, query);
        }

        html.Append("<nav aria-label=\"").Append(WebUtility.HtmlEncode(Say("Main"))).Append("\" class=\"main-links\">");
        if (!caller.IsCustomer)
        {
            Link(html, context, "/account/login", "user", Say("Sign in"), false);
            html.Append("</nav>");
            return;
        }

        if (!caller.IsClosed(ClosablePage.CartView))
        {
            Link(html, context, "/cart", "shopping-cart", Say("Cart"), context.Request.Path.Value == "/cart");
        }

        html.Append("</nav>");
        var pages = caller.IsForCompany ? CompanyLinks : caller is { IsAssisting: false, Company: not null } ? MemberLinks : AccountLinks;
        Person(html, context, caller.CustomerName, caller.IsAssisting ? "/assisted-session/end" : "/account/logout", Open(caller, pages), caller.Buyer);
    }

    // Nobody is led to what is closed to him.
    private static (string Href, Phrase Words)[] Open(Caller caller, (string Href, Phrase Words)[] pages) => caller.Session is not { Closed.Count: > 0 } ? pages
        : [.. pages.Where(page => ClosablePage.At("GET " + page.Href) is not { } closable || !caller.IsClosed(closable.Name))];

    private static void Search(StringBuilder html, HttpContext context, string query)
    {
        html.Append("<form class=\"shop-search\" role=\"search\" aria-label=\"").Append(WebUtility.HtmlEncode(Say("Articles"))).Append("\" method=\"get\" data-base=\"").Append(context.Request.PathBase)
            .Append("\" data-suggest=\"").Append(context.Request.PathBase).Append("/search/suggestions\" action=\"").Append(context.Request.PathBase).Append("/search\"><input class=\"form-control\" type=\"search\" name=\"q\" maxlength=\"100\" placeholder=\"").Append(WebUtility.HtmlEncode(Say("Name or article number"))).Append("\" aria-label=\"").Append(WebUtility.HtmlEncode(Say("Search articles"))).Append("\" value=\"")
            .Append(WebUtility.HtmlEncode(query)).Append("\"><button class=\"btn btn-icon\" type=\"submit\" aria-label=\"").Append(WebUtility.HtmlEncode(Say("Search"))).Append("\">");
        Icon(html, "search");
        html.Append("</button></form>");
    }

    private static bool IsHere(string path, string href) =>
        path == href || (href is not ("/staff" or "/admin") && path.StartsWith(href + "/", StringComparison.Ordinal));

    private static void Person(StringBuilder html, HttpContext context, string name, string signOut, (string Href, Phrase Words)[] pages, CallerBuyer? buyer)
    {
        html.Append("<details class=\"person-menu\"><summary>");
        Icon(html, "user");
        html.Append("<span>").Append(WebUtility.HtmlEncode(name)).Append("</span></summary><div class=\"card person-pages\">");
        foreach (var (href, words) in pages)
        {
            html.Append("<a class=\"dropdown-item\" href=\"").Append(context.Request.PathBase).Append(href).Append("\">").Append(WebUtility.HtmlEncode(words.ToString())).Append("</a>");
        }

        if (buyer?.Companies is { } companies)
        {
            Companies(html, context, companies, buyer.Membership);
        }

        // Whoever acts for somebody cannot sign him out: the way out is the end of the session.
        Form(html, context, signOut);
        html.Append("<button class=\"dropdown-item\" type=\"submit\">").Append(WebUtility.HtmlEncode(context.Caller().IsAssisting ? Say("End and return") : Say("Sign out")))
            .Append("</button></form></div></details>");
    }

    private static void Companies(StringBuilder html, HttpContext context, IReadOnlyList<CompanyChoice> companies, MembershipId current)
    {
        Form(html, context, "/account/company", "person-company");
        html.Append("<label class=\"form-label\" for=\"membership\">").Append(WebUtility.HtmlEncode(Say("You buy for"))).Append("</label><div class=\"input-group\"><select class=\"form-select\" id=\"membership\" name=\"membership\">");
        foreach (var (membership, name) in companies)
        {
            html.Append("<option value=\"").Append(membership.Value).Append(membership == current ? "\" selected>" : "\">").Append(WebUtility.HtmlEncode(name)).Append("</option>");
        }

        html.Append("</select><button class=\"btn\" type=\"submit\">").Append(WebUtility.HtmlEncode(Say("Change"))).Append("</button></div></form>");
    }

    private static void Form(StringBuilder html, HttpContext context, string action, string cssClass = "")
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        html.Append("<form class=\"").Append(cssClass).Append("\" method=\"post\" action=\"").Append(context.Request.PathBase).Append(action).Append("\"><input type=\"hidden\" name=\"").Append(tokens.FormFieldName)
            .Append("\" value=\"").Append(tokens.RequestToken).Append("\">");
    }

    private static void Link(StringBuilder html, HttpContext context, string href, string icon, string words, bool isHere)
    {
        html.Append("<a class=\"nav-link\" href=\"").Append(context.Request.PathBase).Append(href).Append('"')
            .Append(isHere ? " aria-current=\"page\">" : ">");
        Icon(html, icon);
        html.Append("<span>").Append(WebUtility.HtmlEncode(words)).Append("</span></a>");
    }

    private static void Icon(StringBuilder html, string name) =>
        html.Append("<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"").Append(Assets.Url("/lib/icons.svg"))
            .Append("#tabler-").Append(name).Append("\"/></svg>");
}
