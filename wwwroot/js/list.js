// Where there is room for it a row opens the panel beside the list (data-open), elsewhere the ticket's own page (href).
(() => {
  const panelFrom = 1101;
  const hasRoom = () => innerWidth >= panelFrom;

  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-open]") : null;
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || !hasRoom() || document.documentElement.dataset.interactive !== "true") return;
    event.preventDefault();
    window.Blazor.navigateTo(link.dataset.open);
  }, true);

  // The address of a panel on a phone is the address of the ticket.
  const open = new URLSearchParams(location.search).get("open");
  if (open && location.pathname === "/tickets" && !hasRoom()) location.replace("/tickets/" + encodeURIComponent(open));
})();
