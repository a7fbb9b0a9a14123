using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaintenanceApp.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Reliability : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_webhook_notifications_due",
                table: "webhook_notifications");

            migrationBuilder.AlterColumn<int>(
                name: "ticket_id",
                table: "webhook_notifications",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<int>(
                name: "urgency",
                table: "webhook_notifications",
                type: "INTEGER",
                nullable: false,
                defaultValue: 2);

            migrationBuilder.AddColumn<DateTime>(
                name: "breaker_opened_at",
                table: "webhook_endpoints",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "failures_in_a_row",
                table: "webhook_endpoints",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "probe_at",
                table: "webhook_endpoints",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "probe_delay_seconds",
                table: "webhook_endpoints",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "connect_ms",
                table: "webhook_attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "dns_ms",
                table: "webhook_attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "first_byte_ms",
                table: "webhook_attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_probe",
                table: "webhook_attempts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "remote_address",
                table: "webhook_attempts",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "tls_ms",
                table: "webhook_attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "webhook_url",
                table: "notifier_state",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "webhook_url_changed_at",
                table: "notifier_state",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "webhook_url_changed_by",
                table: "notifier_state",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "admin_notices",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    last_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    count = table.Column<int>(type: "INTEGER", nullable: false),
                    since = table.Column<DateTime>(type: "TEXT", nullable: true),
                    waiting = table.Column<int>(type: "INTEGER", nullable: true),
                    detail = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    read_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    read_by = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_admin_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stored_secrets",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    protected_value = table.Column<string>(type: "TEXT", nullable: false),
                    hint = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    created_by = table.Column<int>(type: "INTEGER", nullable: true),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stored_secrets", x => x.id);
                });

            migrationBuilder.UpdateData(
                table: "notifier_state",
                keyColumn: "id",
                keyValue: 1,
                columns: new[] { "webhook_url", "webhook_url_changed_at", "webhook_url_changed_by" },
                values: new object[] { null, null, null });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_notifications_due",
                table: "webhook_notifications",
                columns: new[] { "urgency", "created_at", "id" },
                filter: "status IN ('pending', 'sending')");

            migrationBuilder.CreateIndex(
                name: "ix_admin_notices_last_at",
                table: "admin_notices",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "ix_stored_secrets_purpose_expires_at",
                table: "stored_secrets",
                columns: new[] { "purpose", "expires_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "admin_notices");

            migrationBuilder.DropTable(
                name: "stored_secrets");

            migrationBuilder.DropIndex(
                name: "ix_webhook_notifications_due",
                table: "webhook_notifications");

            migrationBuilder.DropColumn(
                name: "urgency",
                table: "webhook_notifications");

            migrationBuilder.DropColumn(
                name: "breaker_opened_at",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "failures_in_a_row",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "probe_at",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "probe_delay_seconds",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "connect_ms",
                table: "webhook_attempts");

            migrationBuilder.DropColumn(
                name: "dns_ms",
                table: "webhook_attempts");

            migrationBuilder.DropColumn(
                name: "first_byte_ms",
                table: "webhook_attempts");

            migrationBuilder.DropColumn(
                name: "is_probe",
                table: "webhook_attempts");

            migrationBuilder.DropColumn(
                name: "remote_address",
                table: "webhook_attempts");

            migrationBuilder.DropColumn(
                name: "tls_ms",
                table: "webhook_attempts");

            migrationBuilder.DropColumn(
                name: "webhook_url",
                table: "notifier_state");

            migrationBuilder.DropColumn(
                name: "webhook_url_changed_at",
                table: "notifier_state");

            migrationBuilder.DropColumn(
                name: "webhook_url_changed_by",
                table: "notifier_state");

            migrationBuilder.AlterColumn<int>(
                name: "ticket_id",
                table: "webhook_notifications",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_notifications_due",
                table: "webhook_notifications",
                columns: new[] { "next_attempt_at", "id" },
                filter: "status IN ('pending', 'sending')");
        }
    }
}
