using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Modules.Exports;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Log;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Exports;

/// <summary>The log on its way to those who watch: all of it, in order, whatever breaks.</summary>
public sealed class StreamTests
{
    private const string Token = "secret-token-of-the-siem";

    [Fact]
    public async Task A_receiver_gets_every_entry_signed_and_in_order_and_what_is_secret_is_shown_once_or_never()
    {
        await using var siem = await HttpSiem.Open();
        await using var shop = await Start();
        await shop.Sequence();
        var ada = await shop.As("ada");
        var added = await Add(ada, ("Input.Address", siem.Address), ("Input.Token", Token), ("Input.Form", "cloudevents"), ("Input.FromBeginning", "true"));
        var key = added.Document.QuerySelector("#signing-key")!.TextContent;
        Assert.DoesNotContain(Token, added.Html);
        await shop.Happen(700);
        await shop.Sequence();
        await Drain(shop);

        Assert.Equal(Enumerable.Range(0, (int)await shop.Scalar<long>("select size from audit_tree")).Select(index => (long)index), siem.Indexes);
        Assert.Equal(await shop.Entries(), siem.Lines.Select(line => line["data"]!["event"]!["original"]!.ToString()));
        Assert.All(siem.Lines, line => Assert.Equal("1.0", line["specversion"]!.ToString()));
        var batch = siem.All.First();
        Assert.Equal(("0", "499", "Bearer " + Token), (batch.Headers["Audit-First"], batch.Headers["Audit-Last"], batch.Headers["Authorization"]));
        var signed = (byte[])[.. Encoding.UTF8.GetBytes($"{batch.Headers["Webhook-Id"]}.{batch.Headers["Webhook-Timestamp"]}."), .. batch.Body];
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key["whsec_".Length..]), signed)), batch.Headers["Webhook-Signature"]);

        var page = await ada.Get("/admin/audit/streams");
        Assert.Contains("All sent", page.Text);
        Assert.DoesNotContain(key, page.Html);
        Assert.DoesNotContain(Token, page.Html);
        var stored = await shop.Dump("audit_event", "audit_private", "audit_stream");
        Assert.DoesNotContain(Token, stored);
        Assert.DoesNotContain(key, stored);

        // A test record is none of the log, and moves nothing.
        Assert.Contains("has arrived", (await Press(ada, "test")).Text);
        Assert.Equal(-1, siem.Indexes.Last());
        Assert.Equal(await shop.Scalar<long>("select next_index from audit_stream"), siem.Indexes.TakeLast(2).First() + 1);
        await Press(ada, "off");
        await shop.Sequence();
        await Drain(shop);
        Assert.Equal(-1, siem.Indexes.Last());
        await Press(ada, "on");
        await Drain(shop);
        Assert.Equal(await shop.Scalar<long>("select size from audit_tree"), siem.Indexes.Last() + 1);
        await Press(ada, "remove");
        Assert.Equal(["audit.stream-added", "audit.stream-tested", "audit.stream-switched", "audit.stream-switched", "audit.stream-removed"],
            (await shop.Facts()).Where(name => name.StartsWith("audit.stream", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("vera")).Get("/admin/audit/streams")).Status);
    }

    [Fact]
    public async Task A_receiver_that_dies_in_the_middle_and_a_shop_that_starts_anew_lose_nothing_and_repeat_only_what_has_the_same_numbers()
    {
        await using var siem = await HttpSiem.Open();
        await using var shop = await Start();
        var ada = await shop.As("ada");
        await Add(ada, ("Input.Address", siem.Address), ("Input.FromBeginning", "true"));
        await shop.Happen(2_200);
        await shop.Sequence();

        // It breaks off in the middle of a batch, says no, dies after it has stored all and before it says so, sends us elsewhere, and is well again.
        siem.Does = number => number switch { 2 => 0, 3 => 503, 4 => -1, 5 => 307, _ => 200 };
        await Drain(shop);
        Assert.Equal(500, await shop.Scalar<long>("select next_index from audit_stream"));
        var page = await ada.Get("/admin/audit/streams");
        Assert.Contains("Does not arrive", page.Text);
        await using var node = await Beside(shop);
        foreach (var next in new[] { node, shop, node })
        {
            // Each time by another process, when its time has come.
            await shop.Age("audit_stream", "next_attempt_at", TimeSpan.FromHours(1));
            await Drain(next);
        }

        Assert.Equal(4, await shop.Scalar<int>("select failures from audit_stream"));
        Assert.Contains("It answered 307", await shop.Scalar<string>("select last_error from audit_stream"));
        await shop.Age("audit_stream", "next_attempt_at", TimeSpan.FromHours(1));
        await Drain(shop);
        var size = await shop.Scalar<long>("select size from audit_tree");
        Assert.Equal(size, await shop.Scalar<long>("select next_index from audit_stream"));
        var all = siem.Lines.Select(line => (Index: line["onbehalf"]!["log"]!["index"]!.GetValue<long>(), Hash: line["event"]!["hash"]!.ToString())).ToList();
        Assert.Equal(size, all.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, (int)size).Select(index => (long)index), all.Select(line => line.Index).Distinct().Order());
        Assert.True(all.Count > size, "Nothing came twice: the receiver did not die where it should.");
        Assert.Equal(0, await shop.Scalar<int>("select failures from audit_stream"));
    }

    [Fact]
    public async Task What_was_pruned_before_it_was_sent_is_told_and_a_new_stream_begins_with_what_is_kept()
    {
        await using var siem = await HttpSiem.Open();
        await using var shop = await Start();
        var ada = await shop.As("ada");
        await shop.Sequence();
        await Add(ada, ("Input.Address", siem.Address), ("Input.FromBeginning", "true"));
        await shop.Happen(600);
        await shop.Sequence();
        var pruning = shop.Services.GetRequiredService<LogPruning>();
        var first = (await pruning.Announce(TimeProvider.System.GetUtcNow().AddMinutes(1), "Ada", default)).Value.First;
        await shop.Sequence();
        Assert.Equal(first, await pruning.Apply(default));
        await Drain(shop);
        Assert.Empty(siem.Lines);
        Assert.Contains("The log has no entry 0 any more", (await ada.Get("/admin/audit/streams")).Text);

        await Press(ada, "remove");
        await Add(ada, ("Input.Address", siem.Address), ("Input.FromBeginning", "true"));
        await shop.Sequence();
        await Drain(shop);
        Assert.Equal((first, await shop.Scalar<long>("select size from audit_tree") - 1), (siem.Indexes.First(), siem.Indexes.Last()));
    }

    [Fact]
    public async Task Syslog_over_tls_is_framed_and_its_certificate_is_checked()
    {
        await using var siem = new SyslogSiem();
        await using var shop = await Start();
        var ada = await shop.As("ada");
        await shop.Sequence();
        await Add(ada, ("Input.Kind", "syslog-tls"), ("Input.Address", siem.Address), ("Input.FromBeginning", "true"));
        await Drain(shop);
        Assert.Empty(siem.Messages);
        Assert.Contains("certificate is not trusted", (await ada.Get("/admin/audit/streams")).Text);
        await Press(ada, "remove");

        await Add(ada, ("Input.Kind", "syslog-tls"), ("Input.Address", siem.Address), ("Input.Authority", siem.Authority), ("Input.FromBeginning", "true"));
        await shop.Sequence();
        await Drain(shop);
        Assert.Equal(await shop.Entries(), siem.Messages.Select(message =>
        {
            var parts = Regex.Match(message, @"^<110>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z \S+ onbehalf - (?<what>\S+) \[meta sequenceId=""(?<n>\d+)""\] \uFEFF(?<json>\{.*\})$");
            Assert.True(parts.Success, message);
            var record = JsonNode.Parse(parts.Groups["json"].Value)!;
            Assert.Equal((long.Parse(parts.Groups["n"].ValueSpan, null) - 1, parts.Groups["what"].Value), (record["onbehalf"]!["log"]!["index"]!.GetValue<long>(), record["event"]!["action"]!.ToString()[..Math.Min(32, record["event"]!["action"]!.ToString().Length)]));
            return record["event"]!["original"]!.ToString();
        }));
    }

    [Fact]
    public async Task Syslog_over_tcp_and_udp_reaches_hosts_of_ones_own_network()
    {
        await using var siem = new SyslogSiem(isPlain: true);
        using var datagrams = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0)) { Client = { ReceiveBufferSize = 4_000_000 } };
        await using var shop = await Start();
        var ada = await shop.As("ada");
        await shop.Happen(20);
        await shop.Sequence();
        await Add(ada, ("Input.Name", "TCP"), ("Input.Kind", "syslog-tcp"), ("Input.Address", siem.Address), ("Input.FromBeginning", "true"));
        await Add(ada, ("Input.Name", "UDP"), ("Input.Kind", "syslog-udp"), ("Input.Address", $"127.0.0.1:{((IPEndPoint)datagrams.Client.LocalEndPoint!).Port}"), ("Input.Form", "ocsf"), ("Input.FromBeginning", "true"));
        await Drain(shop);
        var entries = (await shop.Entries()).Take((int)await shop.Scalar<long>("select published from audit_tree")).ToList();
        Assert.Equal(entries, siem.Messages.Select(message => JsonNode.Parse(message[message.IndexOf('{')..])!["event"]!["original"]!.ToString()));
        var got = new List<string>();
        while (datagrams.Available > 0)
        {
            got.Add(Encoding.UTF8.GetString((await datagrams.ReceiveAsync()).Buffer));
        }

        Assert.Equal(entries, got.Select(message => JsonNode.Parse(message[message.IndexOf('{')..])!["raw_data"]!.ToString()));
        Assert.Equal(entries.Count, await shop.Scalar<long>("select min(next_index) from audit_stream"));

        // What is longer than a datagram arrives cut, and stands in nobody's way.
        var delivery = shop.Services.GetRequiredService<StreamDelivery>();
        await delivery.Send(new StreamReceiver("syslog-udp", $"127.0.0.1:{((IPEndPoint)datagrams.Client.LocalEndPoint!).Port}", null, null, null), new StreamBatch("b", "o", 0, 0, [new byte[100_000]]), default);
        Assert.Equal(StreamDelivery.LongestDatagram, (await datagrams.ReceiveAsync()).Buffer.Length);
    }

    [Fact]
    public async Task Who_closes_before_everything_was_sent_has_not_got_it()
    {
        await using var siem = new SyslogSiem(isPlain: true) { ClosesEarly = true };
        await using var shop = await Start();
        var delivery = shop.Services.GetRequiredService<StreamDelivery>();

        // More than lies in the buffers of both sides, so that the other one has closed long before all of it is written.
        var batch = new StreamBatch("b", "o", 0, 0, [.. Enumerable.Repeat(new byte[1_000_000], 30)]);
        var error = await Assert.ThrowsAsync<StreamException>(() => delivery.Send(new StreamReceiver("syslog-tcp", siem.Address, null, null, null), batch, default));
        Assert.Contains("before it had got everything", error.Message);
    }

    [Fact]
    public async Task Nobody_makes_the_shop_talk_to_what_stands_beside_it()
    {
        await using var siem = await HttpSiem.Open();
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        foreach (var (kind, address) in new[]
        {
            ("http", siem.Address), ("http", "http://siem.example.com/"), ("http", "https://user:pass@siem.example.com/"), ("http", "https://siem.example.com/?token=1"), ("http", "ftp://siem.example.com/"),
            ("syslog-tcp", "siem.example.com:514"), ("syslog-udp", "10.0.0.1:514"), ("syslog-tls", "siem.example.com"),
        })
        {
            var page = await Add(ada, ("Input.Kind", kind), ("Input.Address", address));
            Assert.True(page.Status == HttpStatusCode.UnprocessableEntity, address);
            Assert.Equal("true", page.Document.GetElementById("Input_Address")!.GetAttribute("aria-invalid"));
        }

        // What is inside is judged by where the name leads when it is used.
        var delivery = shop.Services.GetRequiredService<StreamDelivery>();
        foreach (var address in new[] { "https://localhost/", "https://127.0.0.1:1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/", "https://192.168.1.1/", "https://[fd00::1]/" })
        {
            var error = await Assert.ThrowsAsync<StreamException>(() => delivery.Send(new StreamReceiver("http", address, null, null, null), new StreamBatch("b", "o", 0, 0, ["{}"u8.ToArray()]), default));
            Assert.Contains("internal network", error.Message);
        }

        Assert.Empty(siem.Lines);
    }

    [Fact]
    public async Task One_node_sends_at_a_time_and_another_takes_over()
    {
        await using var siem = await HttpSiem.Open();
        await using var shop = await Start();
        await Add(await shop.As("ada"), ("Input.Address", siem.Address), ("Input.FromBeginning", "true"));
        await shop.Sequence();
        await using var other = await Beside(shop);
        var (here, there) = (shop.Services.GetRequiredService<StreamWorker>(), other.Services.GetRequiredService<StreamWorker>());
        Assert.True(await here.Round(default));
        await here.Settle();
        Assert.Equal(shop.Database.Kind == DatabaseKind.Sqlite, await there.Round(default));
        await here.Leave();
        Assert.True(await there.Round(default));
        await there.Leave();
        Assert.Equal(await shop.Scalar<long>("select size from audit_tree"), siem.Indexes.Distinct().Count());
    }

    private static Task<TestShop> Start() => TestShop.Start(builder => builder.Configuration["Streams:InternalHosts"] = "127.0.0.1;localhost");

    private static Task<TestShop> Beside(TestShop shop) => shop.Beside(builder => builder.Configuration["Streams:InternalHosts"] = "127.0.0.1;localhost");

    private static async Task Drain(TestShop shop)
    {
        foreach (var id in await shop.Services.GetRequiredService<StreamQueries>().Due(default))
        {
            await shop.Services.GetRequiredService<StreamSender>().Drain(id, default);
        }
    }

    private static async Task<Answer> Add(Visitor visitor, params (string Name, string Value)[] fields) =>
        await visitor.Submit(await visitor.Get("/admin/audit/streams"), "#add-stream", [("Input.Name", "The SIEM"), .. fields]);

    private static async Task<Answer> Press(Visitor visitor, string what) =>
        await visitor.Submit(await visitor.Get("/admin/audit/streams"), "main .list-group form", ("what", what));
}
