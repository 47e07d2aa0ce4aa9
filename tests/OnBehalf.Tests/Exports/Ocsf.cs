using System.Text.Json.Nodes;

namespace OnBehalf.Tests.Exports;

/// <summary>What OCSF 1.3.0 demands of the classes that are used, written down from its public schema: required attributes, constraints, activities.</summary>
internal static class Ocsf
{
    private static readonly string[] OfEvery = ["time", "category_uid", "class_uid", "activity_id", "type_uid", "severity_id", "metadata"];

    private static readonly Dictionary<int, (int Category, int[] Activities, string[] Required, string[] OneOf)> Classes = new()
    {
        [3002] = (3, [0, 1, 2, 3, 4, 5, 99], ["user"], ["service", "dst_endpoint"]),
        [3003] = (3, [0, 1, 2, 99], ["user"], ["privileges", "group"]),
        [3004] = (3, [0, 1, 2, 3, 4, 99], ["entity"], ["entity"]),
        [6003] = (6, [0, 1, 2, 3, 4, 99], ["actor", "api", "src_endpoint"], ["api"]),
    };

    private static readonly Dictionary<string, string[]> Objects = new()
    {
        ["user"] = ["account", "name", "uid"],
        ["entity"] = ["name", "uid"],
        ["actor"] = ["process", "user", "invoked_by", "session", "app_name", "app_uid"],
        ["src_endpoint"] = ["ip", "uid", "name", "hostname", "svc_name", "instance_uid", "interface_uid", "interface_name"],
    };

    /// <summary>Which attributes the schema has, of those classes and of the objects in them. `unmapped` is for whatever it has not.</summary>
    private static readonly Dictionary<string, string[]> Known = new()
    {
        [""] =
        [
            "time", "category_uid", "class_uid", "class_name", "activity_id", "activity_name", "type_uid", "severity_id", "status_id", "status", "message", "metadata", "actor", "user", "session", "privileges",
            "service", "entity", "api", "resources", "src_endpoint", "raw_data", "unmapped",
        ],
        ["metadata"] = ["version", "product", "profiles", "uid", "event_code", "log_name", "log_provider", "original_time", "sequence", "correlation_uid"],
        ["product"] = ["name", "vendor_name"],
        ["actor"] = ["user", "session", "app_name"],
        ["user"] = ["uid", "name", "type", "type_id", "full_name", "email_addr"],
        ["session"] = ["uid"],
        ["service"] = ["name"],
        ["entity"] = ["type", "uid", "name", "version"],
        ["api"] = ["operation", "service", "request"],
        ["request"] = ["uid"],
        ["resources"] = ["type", "uid", "name"],
        ["src_endpoint"] = ["uid", "ip", "svc_name"],
    };

    public static void Check(JsonNode record)
    {
        Names("", record);
        Assert.All(OfEvery, name => Assert.NotNull(record[name]));
        Assert.True(Classes.TryGetValue(record["class_uid"]!.GetValue<int>(), out var rules), record.ToJsonString());
        Assert.Equal(rules.Category, record["category_uid"]!.GetValue<int>());
        var activity = record["activity_id"]!.GetValue<int>();
        Assert.Contains(activity, rules.Activities);
        Assert.Equal((record["class_uid"]!.GetValue<int>() * 100) + activity, record["type_uid"]!.GetValue<int>());
        Assert.All(rules.Required, name => Assert.NotNull(record[name]));
        Assert.Contains(rules.OneOf, name => record[name] is not null);
        Assert.NotNull(record["metadata"]!["version"]);
        Assert.NotNull(record["metadata"]!["product"]!["name"]);
        Assert.All(Objects.Where(pair => record[pair.Key] is not null), pair => Assert.Contains(pair.Value, name => record[pair.Key]![name] is not null));
        if (record["api"] is { } api)
        {
            Assert.NotNull(api["operation"]);
        }
    }

    private static void Names(string of, JsonNode? node)
    {
        if (node is JsonArray array)
        {
            Assert.All(array, item => Names(of, item));
        }
        else if (node is JsonObject members)
        {
            Assert.Empty(members.Select(member => member.Key).Except(Known[of]));
            Assert.All(members.Where(member => member.Key != "unmapped"), member => Names(member.Key, member.Value));
        }
    }
}
