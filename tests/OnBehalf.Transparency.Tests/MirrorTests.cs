using System.Net;
using OnBehalf.Verify;

namespace OnBehalf.Transparency.Tests;

/// <summary>Mirroring takes over what continues the log, keeps every checkpoint, and leaves the copy alone when something does not fit.</summary>
public sealed class MirrorTests
{
    [Fact]
    public async Task A_copy_grows_with_the_log_and_is_proved()
    {
        using var log = WrittenLog.Of(300);
        var copy = Path.Combine(log.Home, "copy");
        Assert.Equal(Answer.Proved, (await Run(log.Folder, copy)).Answer);
        log.Grow(1000);
        var (answer, words) = await Run(log.Folder, copy);
        Assert.Equal((Answer.Proved, "shop.example/log: 1000 entries, 700 of them new; fetched 7 files."), (answer, words));
        Assert.Equal("fetched 0 files.", (await Run(log.Folder, copy)).Words[^16..]);

        var verdict = await log.Check(copy);
        Assert.Equal((Answer.Proved, 2, 1000), (verdict.Answer, verdict.EarlierCheckpoints, verdict.Size));
        Assert.False(Directory.Exists(Path.Combine(copy, "tile", "0", "001.p")));
    }

    [Fact]
    public async Task It_begins_again_where_it_was_cut_off()
    {
        using var log = WrittenLog.Of(700);
        var copy = Path.Combine(log.Home, "copy");
        File.Move(Path.Combine(log.Folder, "tile/entries/002.p/188"), Path.Combine(log.Home, "away"));
        await Assert.ThrowsAsync<MissingTileException>(() => Run(log.Folder, copy));
        Assert.False(File.Exists(Path.Combine(copy, "checkpoint")));
        File.Move(Path.Combine(log.Home, "away"), Path.Combine(log.Folder, "tile/entries/002.p/188"));
        Assert.Equal(Answer.Proved, (await Run(log.Folder, copy)).Answer);
        Assert.Equal(Answer.Proved, (await log.Check(copy)).Answer);
    }

    [Theory]
    [InlineData("fork")]
    [InlineData("rollback")]
    [InlineData("other tiles")]
    public async Task What_contradicts_the_copy_is_refused_kept_as_evidence_and_named_by_the_check(string what)
    {
        using var log = WrittenLog.Of(300);
        using var other = new WrittenLog();
        var copy = Path.Combine(log.Home, "copy");
        await Run(log.Folder, copy);
        var before = await File.ReadAllTextAsync(Path.Combine(copy, "checkpoint"));
        var source = other.Folder;
        if (what == "other tiles")
        {
            log.Grow(400);
            source = log.Copy("changed");
            var tile = Path.Combine(source, "tile/0/001.p/144");
            await File.WriteAllBytesAsync(tile, [.. (await File.ReadAllBytesAsync(tile)).Reverse()]);
        }
        else
        {
            other.Grow(Enumerable.Range(0, what == "fork" ? 400 : 200).Select(index => WrittenLog.Entry(index + 5)));
        }

        var (answer, words) = await Run(source, copy);
        Assert.True(answer == Answer.NotProved, words);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(copy, "checkpoint")));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(copy, Mirror.Kept)).Length);
        // The log signed two histories, or one that this copy cannot show: the check of the copy says so from now on.
        Assert.Equal(Answer.NotProved, (await log.Check(copy)).Answer);
    }

    [Fact]
    public async Task Over_HTTP_the_token_opens_the_entries_and_its_absence_is_told()
    {
        using var log = WrittenLog.Of(20);
        using var listener = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/log";
        listener.Prefixes.Add(address + "/");
        listener.Start();
        var serving = Serve(listener, log.Folder);
        var copy = Path.Combine(log.Home, "copy");

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Run(address, copy));
        Assert.Contains("--token-file", refused.Message);
        Assert.Equal(Answer.Proved, (await Run(address, copy, "open")).Answer);
        Assert.Equal(Answer.Proved, (await log.Check(copy)).Answer);
        listener.Stop();
        await serving;
    }

    private static async Task<(Answer Answer, string Words)> Run(string from, string to, string? token = null)
    {
        using var source = new LogSource(from, token);
        return await new Mirror(source, to).Run();
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static async Task Serve(HttpListener listener, string folder)
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                var path = context.Request.Url!.AbsolutePath["/log/".Length..];
                context.Response.StatusCode = path.Contains("entries") && context.Request.Headers["Authorization"] != "Bearer open" ? 401 : 200;
                context.Response.Close(context.Response.StatusCode == 200 ? await File.ReadAllBytesAsync(Path.Combine(folder, path)) : [], willBlock: false);
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
