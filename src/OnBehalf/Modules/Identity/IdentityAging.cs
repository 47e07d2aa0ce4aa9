using OnBehalf.Data;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>What is kept of sign-ins for a while: in which browser they were.</summary>
internal static class IdentityAging
{
    public static readonly AgingRows SignIns = new(
        "sign-ins", ShopSettings.KeepSignInsDays.Name, "Browsers of sign-ins", "s.id", "s.hard_ends_at",
        $"sign_in s where (s.device is not null or s.provider_session is not null) and {AgingRows.NotHeld("s.buyer_id")} and {AgingRows.StaffNotHeld("s.staff_id")}",
        """update sign_in set device = null, provider_session = null where id in ({found}) returning 1 as "Value" """);
}
