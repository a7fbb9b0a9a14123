using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Users;

/// <summary>What each of the 14 roles may do, asked of the routes themselves.</summary>
public sealed class RoleMatrixTests(OneHost one) : IClassFixture<OneHost>
{
    private const string Everyone = "admin director supervisor coordinator planner senior_technician technician team_leader furnace_operator operator safety_officer quality_inspector storekeeper viewer";
    private const string Reporters = "admin supervisor coordinator planner senior_technician technician team_leader furnace_operator operator safety_officer quality_inspector";
    private const string Editors = "admin supervisor coordinator planner senior_technician technician team_leader";
    private const string Planners = "admin supervisor coordinator planner senior_technician team_leader";
    private const string Workers = "admin supervisor coordinator planner senior_technician technician";

    private static readonly (string Action, string Allowed)[] Matrix =
    [
        ("GET /api/tickets", Everyone),
        ("GET /api/tickets/{ticket}", Everyone),
        ("GET /api/machines", Everyone),
        ("GET /api/users", Everyone),
        ("GET /api/comments/{ticket}", Everyone),
        ("POST /api/tickets {\"title\":\"Bruit\",\"description\":\"Un bruit.\",\"machine_id\":{machine}}", Reporters),
        ("POST /api/tickets {\"title\":\"Bruit\",\"description\":\"Un bruit.\",\"machine_id\":{machine},\"assigned_to\":0}", Planners),
        ("POST /api/tickets {\"title\":\"Bruit\",\"description\":\"Un bruit.\",\"machine_id\":{machine},\"scheduled_date\":\"2026-12-01\"}", Planners),
        ("PATCH /api/tickets/{ticket} {\"title\":\"Nouveau titre\"}", Editors),
        ("PATCH /api/tickets/{own} {\"title\":\"Nouveau titre\"}", Reporters),
        ("PATCH /api/tickets/{own} {\"status\":\"in_progress\"}", Workers),
        ("PATCH /api/tickets/{ticket} {\"status\":\"in_progress\"}", Workers),
        ("PATCH /api/tickets/{own} {\"assigned_to\":0}", Planners),
        ("PATCH /api/tickets/{ticket} {\"scheduled_date\":\"2026-12-01\"}", Planners),
        ("POST /api/comments {\"ticket_id\":{ticket},\"comment\":\"Vu\"}", Reporters + " storekeeper"),
        ("DELETE /api/tickets/{ticket}", "admin supervisor"),
        ("POST /api/tickets/{ticket}/restore", "admin supervisor"),
        ("DELETE /api/trash/{trashed}", "admin"),
        ("POST /api/machines {\"machine_type\":\"Four\",\"model\":\"A\"}", "admin supervisor"),
        ("PATCH /api/machines/{machine} {\"location\":\"Hall B\"}", "admin supervisor"),
        ("DELETE /api/machines/{spare}", "admin supervisor"),
        ("POST /api/users {\"email\":\"{role}@nouveau.invalid\",\"password\":\"dix-caracteres\",\"full_name\":\"A\",\"role\":\"viewer\"}", "admin"),
        ("PUT /api/users/{other} {\"full_name\":\"B\"}", "admin"),
        ("DELETE /api/users/{other}", "admin"),
    ];

    public static TheoryData<string> EveryRole => [.. Roles.All.Select(role => role.Name)];

    [Theory]
    [MemberData(nameof(EveryRole))]
    public async Task A_role_may_do_exactly_what_the_table_says(string role)
    {
        var host = one.Host;
        var user = await host.Given.User(role);
        using var client = await host.CreateClientAs(user);

        foreach (var (action, allowed) in Matrix)
        {
            var machine = await host.Given.Machine();
            var ticket = await host.Given.Ticket(machine: machine, reporter: new Actor(9_999, "Quelqu’un", Roles.Operator));
            var own = await host.Given.Ticket(machine: machine, reporter: new Actor(user.Id, user.FullName, role));
            var trashed = await host.Given.Ticket(machine: machine, inTrash: true);
            var spare = await host.Given.Machine();
            var other = await host.Given.User(Roles.Viewer);
            var call = action
                .Replace("{ticket}", $"{ticket.Id}", StringComparison.Ordinal)
                .Replace("{trashed}", $"{trashed.Id}", StringComparison.Ordinal)
                .Replace("{own}", $"{own.Id}", StringComparison.Ordinal)
                .Replace("{machine}", $"{machine.Id}", StringComparison.Ordinal)
                .Replace("{spare}", $"{spare.Id}", StringComparison.Ordinal)
                .Replace("{other}", $"{other.Id}", StringComparison.Ordinal)
                .Replace("{role}", role, StringComparison.Ordinal)
                .Split(' ', 3);
            var answer = await client.SendAsync(new HttpMethod(call[0]), call[1], call.Length > 2 ? call[2] : null);
            if (allowed.Split(' ').Contains(role))
            {
                answer.Status.ShouldBeInRange(200, 201, $"{role}: {action} answered {answer.Json.ToJsonString()}");
            }
            else
            {
                answer.Status.ShouldBe(403, $"{role}: {action} answered {answer.Json.ToJsonString()}");
            }
        }
    }
}
