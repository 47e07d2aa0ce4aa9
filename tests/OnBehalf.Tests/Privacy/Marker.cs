using Microsoft.EntityFrameworkCore;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Budgets;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Notes;
using OnBehalf.Modules.Orders;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Privacy;

/// <summary>Ines gets a name that nothing else has, and it is written into every column that can hold words about a buyer.</summary>
internal static class Marker
{
    public const string Word = "Zyxquv Marbelquist";

    // What she was called when she did it: she has married since.
    private const string Former = Word + "-Formerly";
    private const string Email = "zyxquv@marbelquist.example";

    /// <summary>What the law wants kept of an order.</summary>
    public static readonly string[] Stays = ["orders.billing_address", "orders.buyer_name", "orders.purchase_order_number", "orders.shipping_address"];

    /// <summary>What points at who is erased, as long as there are his orders.</summary>
    public static readonly string[] PointsOn = ["membership.buyer_id", "orders.buyer_id", "orders.membership_id"];

    public static readonly string[] Planted =
    [
        .. Stays, "address.city", "address.label", "address.line1", "address.line2", "address.postal_code", "address.recipient", "address.region", "assist_ask.note",
        "assist_case.close_note", "assist_case.note", "assist_company.changed_by", "assist_consent.given_by", "assist_consent.withdrawn_by", "assist_hand_over.request",
        "assist_link.reason_text", "assist_link.ticket", "assist_mandate.created_by", "assist_mandate.ended_by", "assist_protection.reason", "assist_request.note",
        "assisted_session.raise_reason", "assisted_session.reason_text", "assisted_session.ticket", "assisted_session.browser", "assisted_session.network", "buyer.email", "buyer.email_normalized",
        "buyer.external_id", "company.order_email", "buyer.first_name", "buyer.last_name", "buyer.password_hash", "buyer.phone", "buyer.security_stamp", "buyer.title", "customer_word.word",
        "idempotency.fingerprint", "idempotency.result", "legal_hold.reason", "mail.body", "mail.last_error", "mail.secret", "mail.subject", "mail.to_address", "mail.to_name",
        "membership.sort_name", "note.text", "deal.answer", "commission_dispute.text", "commission_dispute.answer", "buyer_preference.newsletter_email", "cart.name", "cart_proposal.words", "cart_proposal.answer", "order_line.comment", "one_time_code.payload", "order_agreement.agreed_by", "order_approval.decided_by", "order_approval.reason", "order_step.note", "orders.buyer_email", "orders.comment", "orders.operator_name",
        "orders.reason_text", "search_term.term", "sign_in.device", "saved_list.name", "sign_in.provider_session",
    ];

    /// <summary>Words of our own lists, of articles and companies, and of staff (who have an erasure of their own).</summary>
    private static readonly string[] OfOthers =
    [
        "address.country", "address_choice.purpose", "assist_ask.how", "assist_ask.mode", "assist_ask.code_sealed", "assist_ask.reason_code", "assist_ask.status", "assist_case.closed_by", "assist_closed.changed_by",
        "assist_closed.pages", "assist_closed.role", "assist_company.consent", "assist_consent.highest", "assist_consent.how", "assist_consent.kind", "assist_consent.status",
        "assist_consent.whom", "assist_hand_over.landing", "assist_link.reason_code", "assist_link.status", "assist_mandate.currency", "assist_mandate.highest", "assist_mandate.status",
        "deal.currency", "deal.reason", "deal.status", "deal_limit.currency", "deal_limit.name", "deal_limit.staff_group", "deal_limit.staff_role", "assist_policy.body", "assist_policy.created_by", "assist_policy.decided_by", "assist_policy.note", "assist_policy.status", "assist_protection.lifted_by", "assist_protection.set_by",
        "assist_request.decided_by", "assist_request.kind", "assist_request.status", "assist_spending.currency", "assist_spending.month", "assist_watch.what",
        "assisted_session.end_cause", "assisted_session.handle", "assisted_session.mode", "assisted_session.raised_mode", "assisted_session.reason_code",
        "commission_dispute.status", "commission_dispute.wish", "commission_entry.cause", "commission_entry.currency", "commission_entry.from_account", "commission_entry.to_account", "commission_rule.basis", "commission_rule.channel", "commission_rule.earned", "commission_rule.name", "commission_rule.part", "commission_rule.staff_group",
        "customer_group.code", "customer_group.name", "price_list.source", "alert.about", "alert.events", "alert.rule", "alert_rule.rule",
        "audit_stream.address", "audit_stream.authority", "audit_stream.form", "audit_stream.kind", "audit_stream.last_error", "audit_stream.name", "audit_stream.signing_key", "audit_stream.token",
        "assisted_session.return_path", "assisted_session.rule", "assisted_session.status", "assisted_session_activity.ticket", "assisted_session_activity.ticket_ref", "audit_event.about", "audit_event.actor_part", "audit_event.entry",
        "audit_event.name", "audit_event.outcome", "audit_event.reason_code", "audit_event.session_mode", "audit_event.ticket_ref", "audit_private.field", "audit_search.name", "audit_search.query", "authenticator.secret", "buyer.status", "approver.currency", "buyer_preference.newsletter", "saved_list.share", "budget.currency", "budget.period", "cart.coupon_codes", "cart_proposal.coupons", "cart_proposal.coupons_before", "cart_proposal.currency", "cart_proposal.status", "cart_proposal_line.agreed_reason", "cart_proposal_line.agreed_alternative", "cart.currency", "cart.status", "category.code", "category.name",
        "assortment.code", "assortment.name", "assortment.changed_by", "assortment_entry.kind", "assortment_product.status", "assortment_product.sort_name", "assortment_product.sku",
        "assortment_assignment.kind", "assortment_assignment.country", "price_list.source", "customer_group.code", "customer_group.name", "customer_terms.exemption_number",
        "coupon.code", "coupon.currency", "coupon.kind", "coupon.name", "orders.coupon_codes", "orders.tax_note",
        "company.contract_number", "company.country", "company_role.name", "company_role.name_key", "cost_centre.code", "cost_centre.name", "orders.cost_centre", "company.currency", "company.language",
        "company_change.after", "company_change.before", "company_change.field", "company_change.reason", "company.kind", "company.external_id", "company.name", "company.number", "company.segment",
        "company.sort_name", "company.status", "company.tax_id", "counter.name", "data_protection_key.name", "data_protection_key.xml", "idempotency.key", "idempotency.principal",
        "idempotency.route", "closed_person.kind", "erasure_proposal.asked_by", "erasure_proposal.kind", "legal_hold.lifted_by", "legal_hold.set_by", "mail.kind", "mail.status", "membership.role", "membership.status", "one_time_code.purpose", "order_approval.above_currency",
        "order_approval.month", "order_approval.status", "order_approval.why", "order_step.kind", "order_step.reason_code", "order_step.document", "order_step.paid_on", "order_step_line.reason_code", "order_line.name", "orders.wanted_on", "terms_version.digest", "terms_version.text", "order_line.price_source", "order_line.agreed_reason", "cart_line.agreed_reason", "cart_line.agreed_alternative", "cart.agreed_discount_reason", "cart.agreed_shipping_reason", "orders.agreed_discount_reason", "orders.agreed_shipping_reason", "order_line.sku", "order_line.tax_class",
        "orders.company_name", "orders.company_number", "orders.currency", "orders.number", "orders.payment_method", "pay_link.currency", "payment.currency", "payment.provider", "payment.reference", "payment.status", "payment_method.code", "payment_method.countries", "payment_method.customers", "orders.reason_code", "orders.shipping_code",
        "orders.shipping_name", "orders.staff_group", "orders.status", "passkey.name", "passkey.transports", "person_key.kind", "person_key.wrapped_by", "picture.content_type",
        "picture.digest", "picture.name", "price_list.code", "price_list.currency", "price_list.name", "order_line.kind", "product.kind", "product_file.digest", "product_picture.picture_name", "product_file.name", "product.color", "product.currency", "product.description", "product.model",
        "product.name", "product.unit", "product.picture_name", "product.size", "product.sku", "product.sort_name", "product.status", "product.tax_class", "product_text.description",
        "product_text.language", "product_text.name", "product_word.word", "provider_link.issuer", "provider_link.subject", "schema_migration.applied_at", "schema_migration.digest",
        "schema_migration.name", "search_synonym.means", "search_synonym.word", "search_term.kind", "setting.changed_by", "setting.name", "setting.value", "shipping_method.code", "shipping_method.countries",
        "shipping_method.currency", "shipping_method.name", "sign_in.end_cause", "sign_in.method", "sign_in_step.kind", "sign_in_step.method", "sign_in_step.provider_session", "shipping_rate.countries", "shipping_rate.method_code", "shipping_rate.region",
        "sign_in_step.return_url", "sign_in_step.stamp", "sign_in_step.state", "staff.email", "staff.email_normalized", "staff.first_name", "staff.last_name", "staff.password_hash",
        "buyer.language", "staff.language", "staff.role", "staff.security_stamp", "staff.staff_group", "staff.status", "tax_rate.country", "tax_rate.region", "tax_rate.tax_class",

        // What the log publishes: origins, notes, and what is wrong with it.
        "audit_tree.origin", "audit_tree.trouble", "audit_tree.trouble_code", "audit_checkpoint.origin", "audit_checkpoint.note", "audit_access.name",
    ];

    public static IEnumerable<string> Known => Planted.Concat(OfOthers);

    public static async Task Plant(TestShop shop)
    {
        var (ines, place, now) = (Characters.BuyerIdOf("ines"), Characters.MembershipIdOf("ines"), TimeProvider.System.GetUtcNow());
        await shop.As("ines");
        var karim = await (await shop.As("karim")).Assisting("ines");
        await (await shop.As("jonas")).AssistingColleague("lena");
        await karim.Put("P-100", "2");
        await karim.Place(await karim.Get("/checkout"), ("Input.Comment", Word), ("Input.Notes[0].Text", Word));
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, (await karim.Submit(await karim.Get("/account/data"), "main form", ("Input.Phone", "+49 431 1"))).Status);
        await using (var db = shop.Database.Read())
        {
            db.Add(new AddressRow { Id = IId<AddressId>.New(), BuyerId = ines, Label = Word, Recipient = Word, Line1 = Word, Line2 = Word, City = Word, Region = Word, PostalCode = Word, Country = "DE", CreatedAt = now });
            db.Add(new OneTimeCodeRow { Id = Guid.NewGuid(), Purpose = "email-change", BuyerId = ines, CodeHash = [9], Payload = Word, CreatedAt = now, ExpiresAt = now });
            var order = new OrderRow
            {
                Id = IId<OrderId>.New(), Number = "SO-2026-000042", MembershipId = place, BuyerId = ines, CompanyId = Characters.Nordlicht, Status = "placed", PlacedAt = now, Currency = Currency.Of("EUR"),
                BuyerName = Word, BuyerEmail = Email, BillingAddress = Word, ShippingAddress = Word, PurchaseOrderNumber = Word, Comment = Word, ReasonText = Word,
            };
            db.Add(order);
            db.Add(new OrderStepRow { OrderId = order.Id, Number = 1, Kind = "shipped", At = now, StaffId = Characters.StaffIdOf("karim"), Note = Word });
            var other = IId<OrderId>.New();
            db.Add(new OrderStepRow { OrderId = other, Number = 1, Kind = "shipped", At = now, BuyerId = ines, Note = Word });
            db.Add(new OrderRow
            {
                Id = other, Number = "SO-2026-000043", MembershipId = Characters.MembershipIdOf("lena"), BuyerId = Characters.BuyerIdOf("lena"), CompanyId = Characters.Nordlicht,
                Status = "placed", PlacedAt = now, Currency = Currency.Of("EUR"), OperatorBuyerId = ines, OperatorName = Word,
            });
            db.Add(new OrderApprovalRow
            {
                OrderId = order.Id, CompanyId = Characters.Nordlicht, Status = "declined", Why = "limit", Month = "2026-11", ShippingRateMillionths = 0, AskedAt = now, Since = now, DecidedById = ines, DecidedBy = Word, Reason = Word,
            });
            db.Add(new OrderAgreementRow { OrderId = order.Id, Level = 1, AgreedAt = now, AgreedById = ines, AgreedBy = Word });
            NoteRow Note(string text, MembershipId? about = null, OrderId? of = null) => new()
            {
                Id = IId<NoteId>.New(), CompanyId = Characters.Nordlicht, MembershipId = about, OrderId = of, Number = 0, Text = text, StaffId = Characters.StaffIdOf("karim"), WrittenAt = now,
            };
            db.AddRange(Note("Loud", about: place), Note($"{Word} is loud"), Note($"Write to {Email.ToUpperInvariant()}"), Note(Former, of: order.Id));
            foreach (var (about, words) in new[] { (order.Id, "Loud"), (other, $"{Word} says so") })
            {
                db.Add(new Modules.Commissions.CommissionDisputeRow
                {
                    Id = Guid.NewGuid(), OrderId = about, StaffId = Characters.StaffIdOf("karim"), Wish = DisputeWish.Amount, Text = words, Status = DisputeStatus.Declined, OpenedAt = now, Answer = words, AnsweredAt = now,
                    AnsweredById = Characters.StaffIdOf("ada"),
                });
            }

            foreach (var (asked, answer) in ((MembershipId, string)[])[(place, "Not for him"), (Characters.MembershipIdOf("jonas"), $"{Word} has that price, too")])
            {
                db.Add(new Modules.Deals.DealRow
                {
                    Id = Guid.NewGuid(), StaffId = Characters.StaffIdOf("karim"), MembershipId = asked, ProductId = Characters.Drill, QuantityThousandths = 1_000, Currency = Currency.Of("EUR"), PricePer = 1, RegularMinor = 90_00,
                    AskedMinor = 50_00, ValueMinor = 90_00, Status = "declined", AskedAt = now, DecidedAt = now, DecidedById = Characters.StaffIdOf("vera"), Answer = answer,
                });
            }

            db.Add(new BudgetRow { Id = IId<BudgetId>.New(), CompanyId = Characters.Nordlicht, MembershipId = place, Period = "month", AmountMinor = 1_000_00, Currency = Currency.Of("EUR"), CreatedAt = now });
            db.Add(new Modules.Lists.SavedListRow { Id = IId<SavedListId>.New(), MembershipId = place, CompanyId = Characters.Nordlicht, Name = Word, Share = "read", CreatedAt = now, ChangedAt = now });
            db.Add(new Modules.Preferences.BuyerPreferenceRow { BuyerId = ines, Newsletter = "confirmed", NewsletterEmail = Email, AllowsTracking = true });
            db.Add(new Modules.Preferences.ViewedProductRow { BuyerId = ines, ProductId = Characters.Drill, ViewedAt = now });
            var lenas = new Modules.Carts.CartRow { Id = IId<CartId>.New(), MembershipId = Characters.MembershipIdOf("lena"), Currency = Currency.Of("EUR"), Status = "parked", CreatedAt = now, ChangedAt = now };
            db.Add(lenas);
            foreach (var (words, answer) in ((string?, string?)[])[("Mine", null), (null, $"Ask {Word}")])
            {
                db.Add(new Modules.Carts.ProposalRow
                {
                    Id = Guid.NewGuid(), CartId = lenas.Id, MembershipId = Characters.MembershipIdOf("lena"), MadeByBuyerId = answer is null ? ines : null, Currency = Currency.Of("EUR"), Status = "declined",
                    Words = words, Answer = answer, MadeAt = now, ExpiresAt = now,
                });
            }

            db.Add(new Modules.Carts.ProposalRow
            {
                Id = Guid.NewGuid(), CartId = lenas.Id, MembershipId = place, MadeByStaffId = Characters.StaffIdOf("karim"), Currency = Currency.Of("EUR"), Status = "declined", Words = Word, Answer = Word, MadeAt = now, ExpiresAt = now,
            });
            db.Add(new Modules.Carts.CartRow { Id = IId<CartId>.New(), MembershipId = place, Currency = Currency.Of("EUR"), Status = "parked", Name = Word, CreatedAt = now, ChangedAt = now });
            db.Add(new ApproverRow { CompanyId = Characters.Nordlicht, Level = 1, MembershipId = place, AboveMinor = 0, Currency = Currency.Of("EUR") });
            db.Add(new ApproverDeputyRow { MembershipId = Characters.MembershipIdOf("jonas"), DeputyId = place, Since = now, Until = now });
            db.Add(MailTo("ines@elsewhere.example", ines));
            db.Add(MailTo("jonas@buyers.example", null));
            db.Add(new IdempotencyRow { Principal = $"membership:{place}", Route = "orders.place", Key = "12345678", Fingerprint = Word, Result = Word, CreatedAt = now });
            db.Add(new AssistCaseRow { Id = IId<AssistCaseId>.New(), BuyerId = ines, SessionId = karim.Session, Note = Word, OpenedAt = now, ClosedAt = now, CloseNote = Word });
            db.Add(new AssistProtectionRow { Id = Guid.NewGuid(), BuyerId = ines, Reason = Word, Since = now, SetBy = "Ada Novak", LiftedAt = now });
            db.Add(new AssistRequestRow { Id = Guid.NewGuid(), Kind = "approval", StaffId = Characters.StaffIdOf("karim"), MembershipId = place, Note = Word, Status = "used", AskedAt = now });
            db.Add(new AssistLinkRow
            {
                Id = Guid.NewGuid(), MadeById = Characters.StaffIdOf("vera"), StaffId = Characters.StaffIdOf("karim"), MembershipId = place, ReasonCode = "visit", ReasonText = Word, Ticket = Word,
                Status = "used", MadeAt = now, ExpiresAt = now,
            });
            db.Add(new AssistAskRow
            {
                Id = Guid.NewGuid(), StaffId = Characters.StaffIdOf("karim"), MembershipId = place, ReasonCode = "visit", Note = Word, Mode = Mode.View, Minutes = 5, Status = "over", CodeHash = [1],
                CodeSealed = "", LinkHash = [1], Tries = 0, AskedAt = now, ExpiresAt = now,
            });
            db.Add(new AssistConsentRow
            {
                Id = Guid.NewGuid(), CompanyId = Characters.Nordlicht, Kind = "standing", Whom = "anybody", Status = "over", Highest = Mode.View, Withheld = 0, How = "page", GivenAt = now,
                GivenBy = Former, GivenById = ines.Value, WithdrawnAt = now, WithdrawnBy = Former, WithdrawnById = ines.Value,
            });
            db.Add(new AssistMandateRow
            {
                Id = Guid.NewGuid(), MandateId = Guid.NewGuid(), Version = 1, CompanyId = Characters.Nordlicht, Highest = Mode.View, Rights = 0, Days = 0, Currency = Currency.Of("EUR"), Status = "revoked",
                CreatedAt = now, CreatedById = ines, CreatedBy = Word, EndedAt = now, EndedBy = Former, EndedById = ines.Value,
            });
            db.Add(new AssistCompanyRow { CompanyId = Characters.Nordlicht, Consent = "none", ChangedAt = now, ChangedBy = Former, ChangedById = ines.Value });
            db.Add(new Modules.Privacy.LegalHoldRow { Id = Guid.NewGuid(), BuyerId = ines, Reason = Word, Since = now, SetBy = "Ada Novak", LiftedAt = now });
            await db.SaveChangesAsync();
        }

        var me = shop.Database.Kind == DatabaseKind.Postgres ? $"'{ines}'" : $"'{ines.ToString().ToUpperInvariant()}'";
        var mine = shop.Database.Kind == DatabaseKind.Postgres ? $"'{place}'" : $"'{place.ToString().ToUpperInvariant()}'";
        var (id, operatorId, signInId) = (IdText(shop, Guid.NewGuid()), IdText(shop, Characters.StaffIdOf("karim").Value), IdText(shop, Guid.NewGuid()));
        foreach (var sql in new[]
        {
            $"update buyer set session_id = null, audit_event_id = null, email = '{Email}', email_normalized = '{Email}', title = '{Word}', first_name = 'Zyxquv', last_name = 'Marbelquist', phone = '{Word}', external_id = '{Word}', "
                + $"password_hash = '{Word}', security_stamp = '{Word}' where id = {me}",
            $"update membership set sort_name = 'marbelquist zyxquv' where id = {mine}",
            $"update sign_in set device = '{Word}', provider_session = '{Word}' where buyer_id = {me}",
            $"update assisted_session set raise_reason = '{Word}', reason_text = '{Word}', ticket = '{Word}', network = '{Word}', browser = '{Word}' where buyer_id = {me}",
            $"insert into customer_word (word, company_id, membership_id, weight) values ('marbelquist', null, {mine}, 1)",
            $"update company set order_email = '{Email}' where number = 'N-1001'",
            "insert into search_term (kind, term) values ('customer', 'marbelquist')",
            $"insert into assist_hand_over (id, code_hash, browser_hash, staff_id, sign_in_id, request, landing, made_at) select {id}, token_hash, token_hash, {operatorId}, {signInId}, "
                + $"'{Word}', '/', created_at from sign_in where buyer_id = {me}",
        })
        {
            Assert.True(await shop.Sql(sql) > 0, sql);
        }

        MailRow MailTo(string address, BuyerId? buyer) => new()
        {
            Id = IId<MailId>.New(), Kind = "test", ToAddress = buyer is null ? address : Email, ToName = buyer is null ? "Jonas Petersen" : Word, Subject = $"About {Word}", Body = $"{Word} <{Email}> wrote",
            Secret = buyer is null ? null : Word, BuyerId = buyer, Status = "sent", CreatedAt = now, NextAttemptAt = now, LastError = $"550 {Email}",
        };
    }

    /// <summary>Every `table.column` in which the name or the address stands, in order.</summary>
    public static async Task<IReadOnlyList<string>> Columns(TestShop shop)
    {
        var found = new List<string>();
        foreach (var column in await TextColumns(shop))
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
            if (await shop.Scalar<int>($"select count(*) from {table} where lower(cast({name} as text)) like '%zyxquv%' or lower(cast({name} as text)) like '%marbelquist%'") > 0)
            {
                found.Add(column);
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>Every `table.column` that points at Ines or at her place, in order.</summary>
    public static async Task<IReadOnlyList<string>> Pointing(TestShop shop)
    {
        await using var db = shop.Database.Read();
        var found = new List<string>();
        foreach (var type in db.Model.GetEntityTypes())
        {
            foreach (var property in type.GetProperties())
            {
                var kind = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                var id = kind == typeof(BuyerId) ? Characters.BuyerIdOf("ines").Value : kind == typeof(MembershipId) ? Characters.MembershipIdOf("ines").Value : (Guid?)null;
                var column = $"{type.GetTableName()}.{property.GetColumnName()}";
                if (id is { } person && column is not ("buyer.id" or "membership.id")
                    && await shop.Scalar<int>($"select count(*) from {type.GetTableName()} where {property.GetColumnName()} = {IdText(shop, person)}") > 0)
                {
                    found.Add(column);
                }
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>Every column of text that is no id.</summary>
    public static async Task<IReadOnlyList<string>> TextColumns(TestShop shop)
    {
        await using var db = shop.Database.Read();
        return await db.Rows<string>(
            shop.Database.Kind == DatabaseKind.Postgres
                ? "select table_name || '.' || column_name as \"Value\" from information_schema.columns where table_schema = current_schema() and data_type = 'text'"
                : """
                  select m.name || '.' || c.name as "Value" from sqlite_master m join pragma_table_info(m.name) c
                  where m.type = 'table' and lower(c.type) = 'text' and m.name not like 'sqlite_%'
                      and c.name not in ('id', 'ref') and c.name not like '%\_ref' escape '\' and m.name <> 'assist_watch' and (c.name = 'external_id' or c.name = 'tax_id' or c.name not like '%\_id' escape '\')
                  """).ToListAsync(default);
    }

    private static string IdText(TestShop shop, Guid id) => shop.Database.Kind == DatabaseKind.Postgres ? $"'{id}'" : $"'{id.ToString().ToUpperInvariant()}'";
}
