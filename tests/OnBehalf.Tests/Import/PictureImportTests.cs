using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Import;

namespace OnBehalf.Tests.Import;

public sealed class PictureImportTests
{
    [Theory]
    [InlineData("image/gif", "GIF89a....")]
    [InlineData("image/gif", "GIF87a....")]
    [InlineData("image/png", "\u0089PNG\r\n\u001a\n....")]
    [InlineData("image/jpeg", "\u00ff\u00d8\u00ff\u00e0")]
    [InlineData("image/webp", "RIFF\u0000\u0000\u0000\u0000WEBPVP8 ")]
    [InlineData("image/svg+xml", "<?xml version=\"1.0\"?>\n<!-- drawn --><svg/>")]
    [InlineData(null, "<html><body>")]
    [InlineData(null, "MZ\u0090")]
    [InlineData(null, "")]
    public void What_a_picture_is_its_first_bytes_say(string? type, string bytes) => Assert.Equal(type, PictureImport.TypeOf(Encoding.Latin1.GetBytes(bytes)));

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><g onclick='x()'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' ONLOAD='x()'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><image href='https://x.example/a.png'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' xmlns:l='http://www.w3.org/1999/xlink'><use l:href='https://x.example/a.svg#b'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><a href='javascript:x()'><path d=''/></a></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><path fill='url(https://x.example/#a)'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><path style='fill:u\\72l(https://x.example)'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'https://x.example'</style></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><p xmlns='http://www.w3.org/1999/xhtml'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><animate attributeName='href' to='javascript:x()'/></svg>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<?xml-stylesheet href='https://x.example'?><svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<svg/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'>")]
    [InlineData("<html><svg xmlns='http://www.w3.org/2000/svg'/></html>")]
    public void An_SVG_that_could_run_or_call_something_is_refused(string svg) => Assert.NotNull(SvgCheck.Refuse(Encoding.UTF8.GetBytes(svg)));

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><defs><linearGradient id='a'/></defs><path fill='url(#a)' style='opacity:.5'/><use href='#a'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' xmlns:ed='urn:editor' ed:version='1'><ed:view zoom='2'/><g><text>Lamp</text></g></svg>")]
    [InlineData(SmallPackage.Svg)]
    public void A_drawing_passes(string svg) => Assert.Null(SvgCheck.Refuse(Encoding.UTF8.GetBytes(svg)));

    [Fact]
    public async Task A_picture_is_kept_with_its_digest_and_replaced_when_it_differs()
    {
        await using var box = await ImportBox.Open();
        box["images/lamp.svg"] = SmallPackage.Svg;
        box["images/dot.gif"] = "GIF89a 1";
        await box.Import();
        box["images/dot.gif"] = "GIF89a 2";
        var report = await box.Import();

        Assert.Equal(new Merged(0, 1, 1), report.Files.Single().Merged);
        await using var db = box.Shop.Database.Read();
        var dot = await db.Set<PictureRow>().SingleAsync(row => row.Name == "dot.gif");
        Assert.Equal(("image/gif", "GIF89a 2", Convert.ToHexStringLower(SHA256.HashData(dot.Bytes))), (dot.ContentType, Encoding.ASCII.GetString(dot.Bytes), dot.Digest));
    }
}
