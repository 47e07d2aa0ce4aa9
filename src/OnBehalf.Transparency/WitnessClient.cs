using System.Net;
using System.Text;

namespace OnBehalf.Transparency;

/// <summary>What a witness answered.</summary>
public abstract record WitnessAnswer
{
    private WitnessAnswer()
    {
    }

    /// <summary>It cosigned; add the signature to the note.</summary>
    public sealed record Cosigned(NoteSignature Signature) : WitnessAnswer;

    /// <summary>It cosigned another size last: ask again with the proof from there, or find out why it is ahead.</summary>
    public sealed record KnowsOtherSize(long Size) : WitnessAnswer;

    /// <summary>It did not cosign, and why. 0 is the status of a witness that could not be reached.</summary>
    public sealed record Refused(int Status, string Why) : WitnessAnswer;
}

/// <summary>Asks witnesses to cosign. The HTTP client brings the time limit, and the limit of what is read.</summary>
public sealed class WitnessClient(HttpClient http)
{
    private const int LongestAnswer = 65_536;
    private const int Tries = 3;

    /// <summary>Asks once.</summary>
    /// <param name="address">The submission prefix of the witness; `/add-checkpoint` is added to it.</param>
    public async Task<WitnessAnswer> Ask(VerifierKey witness, string address, WitnessRequest request, CancellationToken cancel = default)
    {
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, address.TrimEnd('/') + "/add-checkpoint");
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.ToString()));
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancel);
            return Judge(witness, request.Note, response, await Read(response, cancel));
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or UriFormatException or InvalidOperationException
            || (failed is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new WitnessAnswer.Refused(0, failed.Message);
        }
    }

    /// <summary>
    /// Asks for a cosignature on this note, and again from the size that the witness names. <paramref name="prove"/> makes the proof from a size to that of
    /// the note. A witness that knows a larger log than this one has seen another log, or this one was rolled back: that is for the caller to act on.
    /// </summary>
    public async Task<WitnessAnswer> Cosign(
        VerifierKey witness, string address, SignedNote note, long size, long knownSize, Func<long, CancellationToken, Task<IReadOnlyList<Hash>>> prove, CancellationToken cancel = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await Ask(witness, address, new WitnessRequest(knownSize, await prove(knownSize, cancel), note), cancel);
            if (answer is not WitnessAnswer.KnowsOtherSize other || other.Size > size || other.Size == knownSize || attempt == Tries)
            {
                return answer;
            }

            knownSize = other.Size;
        }
    }

    private static WitnessAnswer Judge(VerifierKey witness, SignedNote note, HttpResponseMessage response, string body)
    {
        if (response.StatusCode == HttpStatusCode.Conflict && Base64.TryReadNumber(body.TrimEnd('\n'), out var size))
        {
            return new WitnessAnswer.KnowsOtherSize(size);
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new WitnessAnswer.Refused((int)response.StatusCode, body.Length > 200 ? body[..200] : body.TrimEnd('\n'));
        }

        foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (NoteSignature.TryParse(line, out var signature) && signature!.IsBy(witness) && witness.Verify(note.Text, signature.Bytes))
            {
                return new WitnessAnswer.Cosigned(signature);
            }
        }

        return new WitnessAnswer.Refused((int)response.StatusCode, $"The answer holds no cosignature by {witness.Name} that is true.");
    }

    private static async Task<string> Read(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[LongestAnswer];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }
}
