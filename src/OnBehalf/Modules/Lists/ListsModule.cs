using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Lists;

/// <summary>Lists of articles that people keep, for themselves or with their company.</summary>
public static class ListsModule
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton(ListsErasing.Buyers).AddSingleton<ListsQueries>().AddSingleton<SavedLists>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/account/api/lists", All).WithMetadata(new AccessAttribute(Audience.Buyer, Delegation.View) { Right = Needs.CartsView, IsPersonal = true }).IsSeen();
        routes.MapGet("/account/api/lists/{id:guid}", One).WithMetadata(new AccessAttribute(Audience.Buyer, Delegation.View) { Right = Needs.CartsView, IsPersonal = true }).IsSeen();
    }

    private static async Task<IResult> All(HttpContext context, ListsQueries lists) => Results.Json(
        (await lists.Of(context.Caller(), context.RequestAborted)).Select(list => new { id = list.Id, name = list.Name, share = list.ShareWord, owner = list.Owner, lines = list.Lines, version = list.Version }));

    private static async Task<IResult> One(HttpContext context, Guid id, Database database)
    {
        await using var db = database.Read();
        return await ListsQueries.Find(db, context.Caller(), id, context.RequestAborted) is not { } list ? Results.NotFound()
            : Results.Json(new
            {
                id = list.Id, name = list.Name, share = list.ShareWord, owner = list.Owner, version = list.Version,
                lines = (await ListsQueries.Lines(db, context.Caller(), id, context.RequestAborted)).Select(line => new { sku = line.Sku, name = line.Name, quantity = line.Quantity.ToString(), status = line.Status }),
            });
    }
}

/// <summary>How people are forgotten here.</summary>
internal static class ListsErasing
{
    public static readonly PersonalRows Buyers = new(
        "buyer", "His lists of articles, also those that he shared", null,
        """delete from saved_list where membership_id in (select id from membership where buyer_id = {person}) returning 1 as "Value" """);
}
