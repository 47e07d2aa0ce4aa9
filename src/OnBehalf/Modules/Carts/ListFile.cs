using System.Text;
using OnBehalf.Carts;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Carts;

/// <summary>A list of articles as a file of text, of at most 256 KiB.</summary>
internal static class ListFile
{
    private const int Largest = 256 * 1024;

    public static async Task<Outcome<string>> Read(IFormFile file, CancellationToken cancel)
    {
        if (file.Length > Largest)
        {
            return CartRefusals.FileTooLarge;
        }

        try
        {
            using var reader = new StreamReader(file.OpenReadStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            var text = await reader.ReadToEndAsync(cancel);
            return text.Contains('\0', StringComparison.Ordinal) ? CartRefusals.FileUnreadable : text;
        }
        catch (DecoderFallbackException)
        {
            return CartRefusals.FileUnreadable;
        }
    }
}
