// The calendar of a day field: a modal dialog beside its field; on phones the style sheet makes it a sheet from below.
(() => {
  const margin = 8;
  const phone = matchMedia("(max-width: 760px)");
  const moves = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Enter", " "];
  let opened = null;

  const place = () => {
    if (!opened) return;
    const { dialog, field } = opened;
    dialog.style.left = dialog.style.top = "";
    if (phone.matches) return;
    const [at, size] = [field.getBoundingClientRect(), dialog.getBoundingClientRect()];
    const [below, above, lowest] = [at.bottom + 4, at.top - 4 - size.height, innerHeight - size.height - margin];
    dialog.style.left = `${Math.max(margin, Math.min(at.left, innerWidth - size.width - margin))}px`;
    dialog.style.top = `${Math.max(margin, below <= lowest ? below : above >= margin ? above : lowest)}px`;
  };

  const focusDay = (dialog) => dialog.querySelector("[data-day][tabindex='0']")?.focus();

  const open = (dialog, field) => {
    opened = { dialog, field };
    dialog.showModal();
    place();
    focusDay(dialog);
    // Safari does not focus a button that is clicked, so the browser itself would not come back to it.
    dialog.addEventListener("close", () => {
      opened = null;
      field.querySelector("button")?.focus();
    }, { once: true });
  };

  addEventListener("resize", place);
  addEventListener("scroll", (event) => { if (!opened?.dialog.contains(event.target)) place(); }, { capture: true, passive: true });

  // The server moves the day; the page must not scroll meanwhile.
  addEventListener("keydown", (event) => {
    if (event.target instanceof Element && event.target.closest(".day-calendar [data-day]") && moves.includes(event.key)) event.preventDefault();
  }, true);

  addEventListener("click", (event) => {
    if (!opened || event.target !== opened.dialog) return;
    const box = opened.dialog.getBoundingClientRect();
    const isInside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!isInside) opened.dialog.close();
  });

  window.maintenanceDays = { open, focusDay };
})();
