using OnBehalf.Kernel;

namespace OnBehalf.Identity.Tests;

public sealed class NewPersonTests
{
    [Fact]
    public void Nobody_gives_a_role_with_a_right_that_he_has_not() => Assert.All(Enum.GetValues<BuyerRole>(), own =>
        Assert.All(BuyerRoles.GivenBy(BuyerRoles.RightsOf(own)), given => Assert.True(BuyerRoles.RightsOf(own).Include(BuyerRoles.RightsOf(given)), $"{own} gives {given}")));

    [Fact]
    public void An_administrator_gives_every_role_of_a_company_and_a_viewer_none_that_buys()
    {
        Assert.Equal(
            [BuyerRole.Purchaser, BuyerRole.Approver, BuyerRole.Viewer, BuyerRole.Administrator], BuyerRoles.GivenBy(BuyerRoles.RightsOf(BuyerRole.Administrator)));
        Assert.DoesNotContain(BuyerRole.Purchaser, BuyerRoles.GivenBy(BuyerRoles.RightsOf(BuyerRole.Viewer)));
    }

    [Theory]
    [InlineData(StaffRole.SalesRep, true, true)]
    [InlineData(StaffRole.SalesRep, false, false)]
    [InlineData(StaffRole.Supervisor, false, true)]
    public void An_administrator_of_a_company_that_is_there_already_is_not_named_by_a_rep(StaffRole role, bool isNewCompany, bool may) =>
        Assert.Equal(may, BuyerRoles.GivenByStaff(StaffRoles.RightsOf(role, false), isNewCompany).Contains(BuyerRole.Administrator));

    [Theory]
    [InlineData(StaffRole.SalesRep, true, false)]
    [InlineData(StaffRole.TelesalesOperator, false, false)]
    [InlineData(StaffRole.SupportAgent, false, false)]
    [InlineData(StaffRole.Supervisor, true, true)]
    [InlineData(StaffRole.Administrator, true, true)]
    public void Reps_create_people_supervisors_customers_and_who_is_named_both(StaffRole role, bool people, bool customers)
    {
        var rights = StaffRoles.RightsOf(role, false);
        Assert.Equal((people, customers), (rights.Has(Right.PeopleCreate), rights.Has(Right.CustomersCreate)));
        Assert.True(StaffRoles.RightsOf(role, false, mayCreateCustomers: true).Include(Rights.Of(Right.PeopleCreate, Right.CustomersCreate)));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_with_its_field()
    {
        var (person, refusals) = NewPerson.Read(new NewPersonDraft("", "Nilsson", "nora", "12", "boss"), [BuyerRole.Purchaser, BuyerRole.Viewer]);
        Assert.Null(person);
        Assert.Equal(["FirstName", "Phone", "Email", "Role"], refusals.Select(refusal => refusal.Field));
        Assert.Equal(BuyerRole.Viewer, NewPerson.Read(new NewPersonDraft("Nora", "Nilsson", " nora@nordlicht.example ", null, "viewer"), [BuyerRole.Purchaser, BuyerRole.Viewer]).Person!.Role);
    }
}
