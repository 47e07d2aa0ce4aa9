namespace OnBehalf.Tests.Import;

/// <summary>A good package with a row or two of everything.</summary>
internal static class SmallPackage
{
    public const string Categories = "code,parent_code,name\nlamps,light,Lamps\nlight,,Light\n";
    public const string Products =
        "sku,name,description,description_fr,category_code,model,color,size,weight_grams,cost,unit_price,currency,tax_class,image,status\n"
        + "L-1,Lamp,\"Shines,\nbrightly\",Brille,lamps,Lux,Red,M,961.610000,3.10,12.50,EUR,standard,lamp.svg,active\n"
        + "L-2,\"Lamp \"\"two\"\"\",,,light,,,,,,7.00,EUR,,,\n";
    public const string PriceLists = "code,name,currency\ndealer,Dealers,EUR\n";
    public const string Prices = "price_list_code,sku,min_quantity,unit_price\ndealer,L-1,,11.00\ndealer,L-1,10,10.00\n";
    public const string TaxRates = "country,region,tax_class,rate\nDE,,standard,0.19\nUS,Oregon,standard,0\n";
    public const string ShippingMethods = "code,name,countries,price,currency,free_from\nparcel,Parcel,DE AT,4.90,EUR,\npickup,Pick-up,,0,EUR,100\n";
    public const string Staff =
        "email,first_name,last_name,role,group,commission_percent,access_all_customers,may_adjust_prices,may_create_customers,status\n"
        + "rita@seller.example,Rita,Rep,sales-rep,field,1.5,,true,,\nroy@seller.example,Roy,Rep,sales-rep,,,TRUE,,,\n";
    public const string Companies =
        "number,name,parent_number,country,currency,contract_number,status,price_list_code,sales_rep_email\n"
        + "C1,Ähre GmbH,C2,DE,EUR,CT-1,active,dealer,Rita@Seller.example\nC2,Baum AG,,,,,on-hold,,\n";
    public const string Contacts =
        "email,title,first_name,last_name,phone,company_number,role,status,external_id\n"
        + "anna@buyer.example,Ms,Anna,Ash,1,C1,,,X1\nanna@buyer.example,Ms,Anna,Ash,1,C2,approver,,X1\nkurt@buyer.example,,Kurt,Konsum,,,,,\n";
    public const string CustomerGroups = "code,name\nretail,Retail\n";
    public const string CustomerTerms = "company_number,email,customer_group_code\nC1,,retail\n,kurt@buyer.example,retail\n";
    public const string Addresses =
        "company_number,label,line1,line2,city,region,postal_code,country,billing,shipping\nC1,Office,Way 1,,Kiel,,24103,DE,true,true\nC1,Store,Way 2,,Kiel,,24103,DE,,true\n";
    public const string Orders =
        "number,company_number,contact_email,placed_at,status,purchase_order_number,currency,tax,shipping,sales_rep_email\n"
        + "O-1,C1,anna@buyer.example,2025-03-04T05:06:07Z,,PO-9,,4.75,4.90,rita@seller.example\nO-2,C2,,2025-03-05,,,,,,\n";
    public const string OrderLines = "order_number,sku,quantity,unit_price\nO-1,L-1,2,11.00\nO-1,L-1,1.5,2.25\nO-2,L-2,3,7\n";
    public const string Svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>Lamp</title><path d=\"M0 0h9\" fill=\"url(#a)\"/></svg>";

    public static void Put(ImportBox box)
    {
        box["categories.csv"] = Categories;
        box["products.csv"] = Products;
        box["price_lists.csv"] = PriceLists;
        box["prices.csv"] = Prices;
        box["tax_rates.csv"] = TaxRates;
        box["shipping_methods.csv"] = ShippingMethods;
        box["staff.csv"] = Staff;
        box["companies.csv"] = Companies;
        box["contacts.csv"] = Contacts;
        box["customer_groups.csv"] = CustomerGroups;
        box["customer_terms.csv"] = CustomerTerms;
        box["addresses.csv"] = Addresses;
        box["orders.csv"] = Orders;
        box["order_lines.csv"] = OrderLines;
        box["images/lamp.svg"] = Svg;
    }
}
