using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaintenanceApp.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class BoardLimitsAndDefaultViews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ticket_view",
                table: "user_preferences",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "column_limits",
                columns: table => new
                {
                    status = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    most = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_by = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_column_limits", x => x.status);
                });

            migrationBuilder.CreateTable(
                name: "role_views",
                columns: table => new
                {
                    role = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    view = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_by = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_views", x => x.role);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "column_limits");

            migrationBuilder.DropTable(
                name: "role_views");

            migrationBuilder.DropColumn(
                name: "ticket_view",
                table: "user_preferences");
        }
    }
}
