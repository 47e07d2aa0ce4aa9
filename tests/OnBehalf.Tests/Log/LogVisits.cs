using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Log;

internal static class LogVisits
{
    /// <summary>So many events.</summary>
    public static async Task Happen(this TestShop shop, int events) => await shop.Database.Write<Done>(Caller.Machine("test"), tx =>
    {
        for (var i = 0; i < events; i++)
        {
            tx.Add(new AccessRefused("test", "test"));
        }

        return Task.FromResult<Outcome<Done>>(Done.It);
    });

    /// <summary>A file of the log as a mirror asks for it.</summary>
    public static async Task<HttpResponseMessage> Fetch(this TestShop shop, string path, string? token)
    {
        using var http = new HttpClient(shop.NewHandler()) { BaseAddress = new Uri("http://localhost") };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        return await http.SendAsync(request);
    }

    /// <summary>The entries in the order of the log.</summary>
    public static async Task<List<string>> Entries(this TestShop shop)
    {
        await using var db = shop.Database.Read();
        return await db.Rows<string>("select e.entry as \"Value\" from audit_leaf l join audit_event e on e.id = l.event_id order by l.leaf_index").ToListAsync(default);
    }

    /// <summary>The newest entry of this name.</summary>
    public static Task<string> Entry(this TestShop shop, string name) => shop.Scalar<string>($"select entry from audit_event where name = '{name}' order by seq desc limit 1");

    /// <summary>A server of somebody else, on a port of its own.</summary>
    public static WebApplicationBuilder Quiet(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }

    /// <summary>The newest checkpoint.</summary>
    public static async Task<Checkpoint> Head(this TestShop shop)
    {
        await using var db = shop.Database.Read();
        var note = (await db.Rows<string>("select c.note as \"Value\" from audit_checkpoint c join audit_tree t on t.origin = c.origin order by c.size desc limit 1").ToListAsync(default))[0];
        Assert.True(SignedNote.TryParse(note, out var signed));
        Assert.True(Checkpoint.TryParse(signed!.Text, out var head));
        return head!;
    }
}
