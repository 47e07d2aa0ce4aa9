namespace OnBehalf.Modules.Identity;

/// <summary>What the list of somebody's sign-ins shows and where its buttons go.</summary>
/// <param name="Here">The sign-in of this browser, when it is one of them.</param>
public sealed record SignInListing(string Title, IReadOnlyList<ListedSignIn> SignIns, Guid? Here, string Action, string EndAll);
