using OnBehalf.Data;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Carts;

/// <summary>What is kept of carts for a while: those that are over. What a buyer has in his cart now is his.</summary>
internal static class CartsAging
{
    // SQLite uses the index of carts that are not open only where these words stand.
    public static readonly AgingRows Over = new(
        "carts", ShopSettings.KeepCartsDays.Name, "Carts that are over", "c.id", "c.changed_at",
        $"cart c where c.status <> 'active' and c.status <> 'parked' and not exists (select 1 from cart x where x.base_cart_id = c.id) and {AgingRows.NotHeldIn("c.membership_id")}",
        """delete from cart where id in ({found}) returning 1 as "Value" """);

    public static readonly AgingRows Aside = new(
        "carts-set-aside", ShopSettings.KeepCartsAsideDays.Name, "Carts that are set aside", "c.id", "c.changed_at",
        $"cart c where c.status <> 'active' and c.status = 'parked' and not exists (select 1 from cart x where x.base_cart_id = c.id) and {AgingRows.NotHeldIn("c.membership_id")}",
        // Somebody may open it while this waits for him.
        """delete from cart where id in ({found}) and status = 'parked' returning 1 as "Value" """);
}
