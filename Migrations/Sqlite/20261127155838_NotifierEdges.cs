using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaintenanceApp.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "aside_error",
                table: "webhook_notifications",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "endpoint_id",
                table: "webhook_attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "endpoint_id",
                table: "admin_notices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "number_day",
                table: "admin_notices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "number_in_day",
                table: "admin_notices",
                type: "INTEGER",
                nullable: true);

            // The numbers of tickets deleted for good were only in the text: IGP-FOUR-20261122-017 · Anne Roy.
            migrationBuilder.Sql(
                """
                UPDATE admin_notices SET
                  number_day = CAST(substr(rtrim(substr(detail, 1, instr(detail, ' · ') - 1), '0123456789'), -9, 8) AS INTEGER),
                  number_in_day = CAST(substr(
                    substr(detail, 1, instr(detail, ' · ') - 1),
                    length(rtrim(substr(detail, 1, instr(detail, ' · ') - 1), '0123456789')) + 1, 9) AS INTEGER)
                WHERE kind IN ('ticket_erased', 'trash_emptied')
                  AND substr(detail, 1, instr(detail, ' · ') - 1) GLOB '*-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]-[0-9]*'
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
