using OnBehalf.Data;

namespace OnBehalf.Modules.Notes;

/// <summary>How people are forgotten here. What a staff member wrote stays, with what stands for his name in `staff`.</summary>
internal static class NotesErasing
{
    private const string Names = "replace(lower(text), lower({email}), '') <> lower(text) or replace(text, {name}, '') <> text";

    public static readonly PersonalRows Buyers = new(
        "buyer", "Notes of staff about him and about his orders, and those about his company that name him", null,
        """delete from note where membership_id in (select id from membership where buyer_id = {person}) returning 1 as "Value" """,
        """update note set text = null where text is not null and order_id in (select id from orders where buyer_id = {person}) returning 1 as "Value" """,
        $$"""update note set text = null where ({{Names}}) returning 1 as "Value" """);
}
