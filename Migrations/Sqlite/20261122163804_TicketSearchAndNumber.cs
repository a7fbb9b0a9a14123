using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaintenanceApp.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TicketSearchAndNumber : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "number_day",
                table: "tickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "number_in_day",
                table: "tickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "tickets",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "idx_tickets_completed",
                table: "tickets",
                column: "completed_at");

            migrationBuilder.CreateIndex(
                name: "idx_tickets_number",
                table: "tickets",
                columns: new[] { "number_day", "number_in_day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "idx_tickets_updated",
                table: "tickets",
                column: "updated_at");

            migrationBuilder.CreateIndex(
                name: "idx_tickets_views",
                table: "tickets",
                columns: new[] { "deleted_at", "status", "scheduled_date", "assigned_to", "priority" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "idx_tickets_completed",
                table: "tickets");

            migrationBuilder.DropIndex(
                name: "idx_tickets_number",
                table: "tickets");

            migrationBuilder.DropIndex(
                name: "idx_tickets_updated",
                table: "tickets");

            migrationBuilder.DropIndex(
                name: "idx_tickets_views",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "number_day",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "number_in_day",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "search_text",
                table: "tickets");
        }
    }
}
