using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaintenanceApp.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class NotifierEdges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "aside_count",
                table: "webhook_notifications",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "aside_error",
                table: "webhook_notifications",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "endpoint_id",
                table: "webhook_attempts",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "endpoint_id",
                table: "admin_notices",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "number_day",
                table: "admin_notices",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "number_in_day",
                table: "admin_notices",
                type: "integer",
                nullable: true);

            // The numbers of tickets deleted for good were only in the text: IGP-FOUR-20261122-017 · Anne Roy.
            migrationBuilder.Sql(
                """
                UPDATE admin_notices SET
                  number_day = substring(detail from '-(\d{8})-\d{1,9} · ')::integer,
                  number_in_day = substring(detail from '-\d{8}-(\d{1,9}) · ')::integer
                WHERE kind IN ('ticket_erased', 'trash_emptied') AND detail ~ '-\d{8}-\d{1,9} · '
                """);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_attempts_endpoint_id_started_at",
                table: "webhook_attempts",
                columns: new[] { "endpoint_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_admin_notices_number_day",
                table: "admin_notices",
                column: "number_day");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_webhook_attempts_endpoint_id_started_at",
                table: "webhook_attempts");

            migrationBuilder.DropIndex(
                name: "ix_admin_notices_number_day",
                table: "admin_notices");

            migrationBuilder.DropColumn(
                name: "aside_count",
                table: "webhook_notifications");

            migrationBuilder.DropColumn(
                name: "aside_error",
                table: "webhook_notifications");

            migrationBuilder.DropColumn(
                name: "endpoint_id",
                table: "webhook_attempts");

            migrationBuilder.DropColumn(
                name: "endpoint_id",
                table: "admin_notices");

            migrationBuilder.DropColumn(
                name: "number_day",
                table: "admin_notices");

            migrationBuilder.DropColumn(
                name: "number_in_day",
                table: "admin_notices");
        }
    }
}
