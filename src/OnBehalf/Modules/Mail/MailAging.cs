using OnBehalf.Data;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Mail;

/// <summary>What is kept of mails for a while: what they say. That one went to somebody, and when, stays until he is erased.</summary>
internal static class MailAging
{
    public static readonly AgingRows Texts = new(
        "mails", ShopSettings.KeepMailsDays.Name, "Texts of mails", "m.id", "m.created_at",
        $"mail m where m.body <> '' and m.status <> 'pending' and {AgingRows.NotHeld("m.buyer_id")} and {AgingRows.StaffNotHeld("m.staff_id")}",
        """update mail set body = '', subject = 'No longer kept', to_name = null, secret = null, last_error = null where id in ({found}) returning 1 as "Value" """);
}
