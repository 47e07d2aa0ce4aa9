using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Privacy;

/// <summary>Rosa gets a name that nothing else has, and it is written into every column that can name a member of staff.</summary>
internal static class StaffMarker
{
    private const string Word = Marker.Word;
    private const string Former = Word + "-Formerly";
    private const string Email = "zyxquv@marbelquist.example";

    public static readonly string[] Planted =
    [
        "assist_case.closed_by", "assist_closed.changed_by", "assist_consent.given_by", "assist_consent.withdrawn_by", "assist_link.reason_text", "assist_link.ticket", "assist_policy.created_by",
        "assist_policy.decided_by", "assist_protection.lifted_by", "assist_protection.set_by", "assist_request.decided_by", "assist_request.note", "assisted_session.browser", "assisted_session.network",
        "erasure_proposal.asked_by", "legal_hold.lifted_by", "legal_hold.reason", "legal_hold.set_by", "mail.body", "mail.subject", "mail.to_address", "mail.to_name", "one_time_code.payload",
        "orders.operator_name", "setting.changed_by", "sign_in.device", "sign_in.provider_session", "staff.email", "staff.email_normalized", "staff.first_name", "staff.last_name",
        "staff.password_hash", "staff.security_stamp",
    ];

    public static Task<IReadOnlyList<string>> Columns(TestShop shop) => Marker.Columns(shop);

    public static async Task Plant(TestShop shop)
    {
        var (rosa, ines, now) = (Characters.StaffIdOf("rosa"), Characters.BuyerIdOf("ines"), TimeProvider.System.GetUtcNow());
        await (await shop.As("rosa")).Assisting("paul");
        await using (var db = shop.Database.Read())
        {
            var session = db.Set<AssistedSessionRow>().Single().Id;
            db.Add(new AssistCaseRow { Id = IId<AssistCaseId>.New(), BuyerId = ines, SessionId = session, OpenedAt = now, ClosedAt = now, ClosedById = rosa, ClosedBy = Former });
            db.Add(new AssistClosedRow { Role = "sales-rep", Pages = "orders.view", ChangedAt = now, ChangedBy = Former, ChangedById = rosa.Value });
            db.Add(new AssistConsentRow
            {
                Id = Guid.NewGuid(), CompanyId = Characters.Nordlicht, Kind = "once", Whom = "anybody", Status = "over", Highest = Mode.View, Withheld = 0, How = "paper", GivenAt = now,
                GivenBy = Former, GivenById = rosa.Value, WithdrawnAt = now, WithdrawnBy = Former, WithdrawnById = rosa.Value,
            });
            db.Add(new AssistLinkRow
            {
                Id = Guid.NewGuid(), MadeById = rosa, StaffId = Characters.StaffIdOf("karim"), MembershipId = Characters.MembershipIdOf("ines"), ReasonCode = "visit", ReasonText = Word, Ticket = Word,
                Status = "used", MadeAt = now, ExpiresAt = now,
            });
            db.Add(new AssistPolicyRow
            {
                Version = 900, Status = "replaced", Body = "{}", CreatedAt = now, CreatedById = rosa, CreatedBy = Former, DecidedAt = now, DecidedById = rosa, DecidedBy = Former,
            });
            db.Add(new AssistProtectionRow
            {
                Id = Guid.NewGuid(), BuyerId = ines, Reason = "asked for", Since = now, SetBy = Former, SetById = rosa.Value, LiftedAt = now, LiftedBy = Former, LiftedById = rosa.Value,
            });
            db.Add(new AssistRequestRow { Id = Guid.NewGuid(), Kind = "access", StaffId = rosa, CompanyId = Characters.Nordlicht, Note = Word, Status = "refused", AskedAt = now });
            db.Add(new AssistRequestRow
            {
                Id = Guid.NewGuid(), Kind = "access", StaffId = Characters.StaffIdOf("karim"), CompanyId = Characters.Nordlicht, Status = "granted", AskedAt = now, DecidedAt = now, DecidedById = rosa, DecidedBy = Former,
            });
            db.Add(new Modules.Privacy.ErasureProposalRow { PersonId = ines.Value, Kind = "buyer", AskedById = rosa, AskedBy = Former, AskedAt = now, ExpiresAt = now });
            db.Add(new Modules.Privacy.LegalHoldRow
            {
                Id = Guid.NewGuid(), BuyerId = ines, Reason = "Lawsuit", Since = now, SetBy = Former, SetById = rosa.Value, LiftedAt = now, LiftedBy = Former, LiftedById = rosa.Value,
            });
            db.Add(new Modules.Privacy.LegalHoldRow { Id = Guid.NewGuid(), StaffId = rosa, Reason = Word, Since = now, SetBy = "Ada Novak", LiftedAt = now });
            db.Add(new Modules.Settings.SettingRow { Name = "shop.name", Value = "Shop", ChangedAt = now, ChangedBy = Former, ChangedById = rosa.Value });
            db.Add(new Modules.Identity.OneTimeCodeRow { Id = Guid.NewGuid(), Purpose = "reset", StaffId = rosa, CodeHash = [7], Payload = Word, CreatedAt = now, ExpiresAt = now });
            db.Add(new OrderRow
            {
                Id = IId<OrderId>.New(), Number = "SO-2026-000077", MembershipId = Characters.MembershipIdOf("ines"), BuyerId = ines, CompanyId = Characters.Nordlicht, Status = "placed", PlacedAt = now,
                Currency = Currency.Of("EUR"), OperatorStaffId = rosa, OperatorName = Former,
            });
            db.Add(MailTo(Email, rosa));
            db.Add(MailTo("jonas@buyers.example", null));
            await db.SaveChangesAsync();
        }

        var id = shop.Database.Kind == DatabaseKind.Postgres ? $"'{rosa}'" : $"'{rosa.ToString().ToUpperInvariant()}'";
        foreach (var sql in new[]
        {
            $"update sign_in set device = '{Word}', provider_session = '{Word}' where staff_id = {id}",
            $"update assisted_session set network = '{Word}', browser = '{Word}' where operator_staff_id = {id}",
            $"update staff set email = '{Email}', email_normalized = '{Email}', first_name = 'Zyxquv', last_name = 'Marbelquist', password_hash = '{Word}', security_stamp = '{Word}' where id = {id}",
        })
        {
            Assert.True(await shop.Sql(sql) > 0, sql);
        }

        MailRow MailTo(string address, StaffId? staff) => new()
        {
            Id = IId<MailId>.New(), Kind = "test", ToAddress = address, ToName = staff is null ? "Jonas Petersen" : Word, Subject = $"{Word} acts for you", Body = $"{Word} <{Email}>", StaffId = staff,
            Status = "sent", CreatedAt = now, NextAttemptAt = now,
        };
    }
}
