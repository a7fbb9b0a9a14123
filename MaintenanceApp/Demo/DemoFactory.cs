using MaintenanceApp.Data;
using MaintenanceApp.Machines;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Demo;

/// <summary>Ten people, nine machines and twelve tickets, several overdue in different ways. Dates are relative to now.</summary>
public sealed class DemoFactory(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    private static readonly UpperInvariantLookupNormalizer Normalizer = new();

    /// <summary>The password-less accounts offered on the sign-in page, in its order.</summary>
    public static IReadOnlyList<(string Email, string FullName, string Role)> People { get; } =
    [
        ("anne.roy@demo.invalid", "Anne Roy", Roles.Admin),
        ("eric.bouchard@demo.invalid", "Éric Bouchard", Roles.Supervisor),
        ("marc.ouellet@demo.invalid", "Marc Ouellet", Roles.Planner),
        ("martin.tremblay@demo.invalid", "Martin Tremblay", Roles.Technician),
        ("sophie.gagnon@demo.invalid", "Sophie Gagnon", Roles.Technician),
        ("luc.cote@demo.invalid", "Luc Côté", Roles.SeniorTechnician),
        ("jean.dubois@demo.invalid", "Jean Dubois", Roles.FurnaceOperator),
        ("lise.gauthier@demo.invalid", "Lise Gauthier", Roles.Operator),
        ("nadia.benali@demo.invalid", "Nadia Benali", Roles.TeamLeader),
        ("ines.caron@demo.invalid", "Inès Caron", Roles.Viewer),
    ];

    /// <summary>Does nothing in a database that holds machines, tickets or accounts already.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Machines.AnyAsync(cancellationToken) || await db.Tickets.AnyAsync(cancellationToken) || await db.Users.AnyAsync(user => user.Id != User.TeamId, cancellationToken))
        {
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var people = People.ToDictionary(person => person.FullName, person => Account(person.Email, person.FullName, person.Role, now.AddDays(-90)));
        var machines = Machines(now.AddDays(-90)).ToDictionary(machine => machine.Model);
        db.AddRange(people.Values);
        db.AddRange(machines.Values);
        await db.SaveChangesAsync(cancellationToken);

        db.AddRange(Tickets(new Cast(people, machines), now));
        await db.SaveChangesAsync(cancellationToken);

        var first = await db.Tickets.FirstAsync(ticket => ticket.Title.StartsWith("Thermocouple"), cancellationToken);
        db.Add(new TicketComment(first.Id, ActorOf(people["Anne Roy"]), "Priorité absolue, production arrêtée.", now.AddDays(-2)));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static IEnumerable<Machine> Machines(DateTime installed)
    {
        yield return new("Four", "Four de trempe", "FOUR-001", "Atelier Traitement", MachineStatus.OutOfService, installed);
        yield return new("Polisseuse", "Double Edger", "PDE-001", "Atelier Polissage", MachineStatus.Maintenance, installed);
        yield return new("Polisseuse", "Bavelloni", "BAV-001", "Atelier Polissage", MachineStatus.Operational, installed);
        yield return new("CNC", "Machine CNC", "CNC-001", "Atelier Usinage", MachineStatus.Operational, installed);
        yield return new("WaterJet", "Machine WaterJet", "WJ-001", "Atelier Découpe", MachineStatus.Operational, installed);
        yield return new("Thermos", "Thermos", "THERM-001", "Atelier Assemblage", MachineStatus.Operational, installed);
        yield return new("Découpe", "Découpe", "DEC-001", "Atelier Découpe", MachineStatus.Operational, installed);
        yield return new("Laminé", "Laminé", "LAM-001", "Atelier Laminage", MachineStatus.Operational, installed);
        yield return new("Autre", "Autre", "AUT-001", "Divers", MachineStatus.Operational, installed);
    }

    private static IEnumerable<Ticket> Tickets(Cast cast, DateTime now)
    {
        // Late and not started: these four notify.
        yield return cast.Ticket(1, "FOUR", "Thermocouple de la zone 3 instable", "La zone 3 oscille de ±15 °C pendant la montée. Casse de deux feuilles de 6 mm ce matin.", "Four de trempe", TicketPriority.Critical, "Jean Dubois", now.AddDays(-3), "Martin Tremblay", now.AddDays(-2).AddHours(-4));
        yield return cast.Ticket(2, "POLISSEUSE", "Ajouter de la graisse aux engrenages d’entraînement", "Entretien prévu par le fabricant, tous les trois mois.", "Double Edger", TicketPriority.High, "Marc Ouellet", now.AddDays(-9), Cast.Team, now.AddDays(-2).AddHours(-19))
            .Then(ticket => ticket.MoveTo(TicketStatus.Diagnostic, cast.Actor("Luc Côté"), now.AddDays(-1)));
        yield return cast.Ticket(3, "CNC", "Broche à 65 °C après 20 minutes", "Température anormale, l’alarme se déclenche au deuxième lot.", "Machine CNC", TicketPriority.Critical, "Nadia Benali", now.AddDays(-1), "Sophie Gagnon", now.AddMinutes(-42));
        yield return cast.Ticket(4, "THERMOS", "Remplir la bouteille d’argon", "Bouteille presque vide, il en reste pour une journée.", "Thermos", TicketPriority.Medium, "Lise Gauthier", now.AddDays(-1), "Luc Côté", now.AddHours(-6));

        // Late, and rightly silent: started, waiting, nobody assigned, acknowledged.
        yield return cast.Ticket(5, "POLISSEUSE", "Fuite au joint de la pompe de refroidissement", "Flaque sous la pompe après chaque quart.", "Bavelloni", TicketPriority.Medium, "Lise Gauthier", now.AddDays(-4), "Sophie Gagnon", now.AddHours(-6))
            .Then(ticket => ticket.MoveTo(TicketStatus.InProgress, cast.Actor("Sophie Gagnon"), now.AddHours(-8)));
        yield return cast.Ticket(6, "WATERJET", "Buse de coupe à remplacer", "Jet dévié de 2 mm, buse commandée chez le fournisseur.", "Machine WaterJet", TicketPriority.High, "Luc Côté", now.AddDays(-7), "Luc Côté", now.AddHours(-22))
            .Then(ticket => ticket.MoveTo(TicketStatus.WaitingParts, cast.Actor("Luc Côté"), now.AddDays(-2), "Livraison annoncée jeudi"));
        yield return cast.Ticket(7, "DECOUPE", "Lame à remplacer", "Bords ébréchés sur le 10 mm.", "Découpe", TicketPriority.Medium, "Lise Gauthier", now.AddDays(-5), null, now.AddDays(-1));
        yield return cast.Ticket(8, "LAMINE", "Calibrer le rouleau presseur", "Écart de 0,3 mm mesuré au centre.", "Laminé", TicketPriority.Low, "Nadia Benali", now.AddDays(-6), "Martin Tremblay", now.AddHours(-30))
            .Then(ticket => ticket.Snooze(now.AddHours(20), "Rouleau en production jusqu’à demain", cast.Actor("Éric Bouchard"), now.AddHours(-3)));

        // Not late: planned, unplanned, unassigned, done.
        yield return cast.Ticket(9, "WATERJET", "Pompe haute pression : fuite", "Goutte lente sous l’intensificateur.", "Machine WaterJet", TicketPriority.High, "Lise Gauthier", now.AddDays(-1), "Martin Tremblay", now.AddHours(3));
        yield return cast.Ticket(10, "POLISSEUSE", "Contrôle trimestriel des courroies", "Selon le plan d’entretien.", "Double Edger", TicketPriority.Low, "Marc Ouellet", now.AddDays(-2), Cast.Team, now.AddDays(4));
        yield return cast.Ticket(11, "DECOUPE", "Arrêt d’urgence coincé, côté chargement", "Le bouton reste enfoncé, il faut tirer fort pour le relâcher.", "Découpe", TicketPriority.Critical, "Jean Dubois", now.AddMinutes(-42), null, null);
        yield return cast.Ticket(12, "POLISSEUSE", "Recalibration après changement de meule", "Tests validés sur trois pièces.", "Bavelloni", TicketPriority.Medium, "Nadia Benali", now.AddDays(-8), "Sophie Gagnon", now.AddDays(-5))
            .Then(ticket => ticket.MoveTo(TicketStatus.Completed, cast.Actor("Sophie Gagnon"), now.AddDays(-6), "Calibration terminée et validée"));
    }

    private static User Account(string email, string fullName, string role, DateTime now) => new()
    {
        UserName = email,
        NormalizedUserName = Normalizer.NormalizeName(email),
        Email = email,
        NormalizedEmail = Normalizer.NormalizeEmail(email),
        FullName = fullName,
        Role = role,
        CreatedAt = now,
        UpdatedAt = now,
        SecurityStamp = Guid.NewGuid().ToString("N"),
    };

    private static Actor ActorOf(User user) => new(user.Id, user.FullName, user.Role);

    private sealed class Cast(Dictionary<string, User> people, Dictionary<string, Machine> machines)
    {
        public const string Team = "team";

        public Actor Actor(string name) => ActorOf(people[name]);

        public Ticket Ticket(int number, string word, string title, string description, string machine, TicketPriority priority, string reporter, DateTime created, string? assignee, DateTime? due)
        {
            int? assignedTo = assignee switch { null => null, Team => User.TeamId, { } name => people[name].Id };
            var values = new NewTicket(title, description, machines[machine].Id, priority, null, assignedTo, due);
            return new Ticket(FormattableString.Invariant($"IGP-{word}-{created:yyyyMMdd}-{number:000}"), values, Actor(reporter), created);
        }
    }
}

internal static class TicketStory
{
    /// <summary>Reads like the ticket's life: opened, then this happened.</summary>
    public static Ticket Then(this Ticket ticket, Action<Ticket> change)
    {
        change(ticket);
        return ticket;
    }
}
