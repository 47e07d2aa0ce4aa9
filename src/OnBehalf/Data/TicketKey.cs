using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OnBehalf.Data;

/// <summary>
/// References of tickets, made with a key that lies outside the database: who knows a ticket finds what was done for it, and who reads the table learns no ticket
/// and cannot try numbers. Case and blanks around it do not count.
/// </summary>
internal sealed class TicketKey(MasterKey master)
{
    private readonly byte[] _key = master.KeyFor("references of tickets");

    public string Of(string ticket)
    {
        Span<byte> digest = stackalloc byte[32];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(ticket.Trim().ToUpperInvariant()), digest);
        return Base64Url.EncodeToString(digest[..16]);
    }
}
