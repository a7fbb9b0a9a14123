namespace MaintenanceApp.Tickets.Board;

/// <summary>Texts of the board: BoardTexts.resx (French), BoardTexts.en.resx.</summary>
public sealed class BoardTexts;
