namespace OnBehalf.Modules.Audit;

/// <summary>A walk along the index of a column, at one value of it; without a column along the sequence itself.</summary>
/// <param name="Value">As SQL.</param>
/// <param name="Besides">What the index asks for besides.</param>
internal sealed record AuditWalk(string? Column, string Value, string Besides = "")
{
    public static readonly AuditWalk Everything = new(null, "");
}

/// <summary>One condition of a search: as walks along indexes that end in the sequence, and as a question to a row.</summary>
/// <param name="Branches">One for each walk; what fits the condition lies on one of them.</param>
/// <param name="Row">Of the row `{0}`.</param>
/// <param name="IsThin">There are few of them by their nature: of a session, an order, a ticket.</param>
/// <param name="IsIndexed">It can be walked along; otherwise it is only asked of rows.</param>
internal sealed record AuditSource(IReadOnlyList<AuditWalk> Branches, string Row, bool IsThin, bool IsIndexed)
{
    public static readonly AuditSource All = new([AuditWalk.Everything], "1 = 1", false, true);

    public string Of(string row) => Row.Replace("{row}", row, StringComparison.Ordinal);

    /// <param name="add">Takes an argument and gives its place.</param>
    public static IEnumerable<AuditSource> Of(AuditWanted filter, Func<object, string> add)
    {
        if (filter.TicketRef is { } ticket)
        {
            yield return One("ticket_ref", add(ticket), isThin: true);
        }

        if (filter.Order is { } order)
        {
            yield return One("order_id", add(order.Value), isThin: true);
        }

        if (filter.Session is { } session)
        {
            yield return One("session_id", add(session.Value), isThin: true);
        }

        if (filter.About is { } about)
        {
            yield return One("about", add(about), isThin: true);
        }

        if (filter.Person is { } person)
        {
            yield return Any([.. ColumnsOf(person.Kind), "about"], add(person.Ref), add($"person:{person.Ref}"));
        }

        if (filter.Operator is { } acting)
        {
            yield return Any([.. ColumnsOf(acting.Kind).Where(column => column != "buyer_ref")], add(acting.Ref), "");
        }

        if (filter.Company is { } company)
        {
            yield return One("company_id", add(company.Value));
        }

        if (filter.Action is { } action)
        {
            yield return OfAction(action, add);
        }

        if (filter.Reason is { } reason)
        {
            yield return One("reason_code", add(reason));
        }

        if (filter.Mode is { } mode)
        {
            yield return One("session_mode", add(mode));
        }

        if (filter.Outcome is { } outcome)
        {
            // Written out, because the index knows what was refused and nothing else.
            yield return new AuditSource([new AuditWalk("outcome", "'refused'", " and e.outcome <> 'done'")], outcome == "refused" ? "{row}.outcome = 'refused'" : "{row}.outcome <> 'refused'", false, outcome == "refused");
        }
    }

    // A group is a few names: the index goes by the whole name.
    private static AuditSource OfAction(string action, Func<object, string> add)
    {
        var names = AuditWords.NamesOf(action);
        if (names.Count == 0)
        {
            return One("name", add(action));
        }

        var places = names.Select(name => add(name)).ToList();
        return new AuditSource([.. places.Select(place => new AuditWalk("name", place))], $"{{row}}.name in ({string.Join(", ", places)})", false, true);
    }

    private static string[] ColumnsOf(string? kind) => kind switch
    {
        "staff" => ["operator_staff_ref"],
        "buyer" => ["buyer_ref", "operator_buyer_ref"],
        _ => ["operator_staff_ref", "buyer_ref", "operator_buyer_ref"],
    };

    private static AuditSource One(string column, string place, bool isThin = false) => new([new AuditWalk(column, place)], $"{{row}}.{column} = {place}", isThin, true);

    private static AuditSource Any(IReadOnlyList<string> columns, string reference, string about)
    {
        var walks = columns.Select(column => new AuditWalk(column, column == "about" ? about : reference)).ToList();
        return new AuditSource(walks, $"({string.Join(" or ", walks.Select(walk => $"{{row}}.{walk.Column} = {walk.Value}"))})", false, true);
    }
}
