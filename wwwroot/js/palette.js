// The command palette: opens at once, moves the choice and follows it. What is found comes from Components/Search.
(() => {
  const recentKey = "maintenance.recent";
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  const dialog = () => document.getElementById("palette");
  const field = () => document.getElementById("palette-text");
  const list = () => document.getElementById("palette-list");
  const options = () => [...(list()?.querySelectorAll("[role=option]") ?? [])];
  let chosen = null;
  let opensWhenFound = false;

  const choose = (option) => {
    chosen = option ?? null;
    for (const other of options()) {
      other.setAttribute("aria-selected", String(other === chosen));
    }
    if (chosen) {
      field().setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      field().removeAttribute("aria-activedescendant");
    }
  };

  const isCurrent = () => (list().dataset.for ?? "").trim() === field().value.trim();

  // The lines were drawn again: the first is chosen, and an Enter that came before them is done now.
  const drawn = () => {
    if (!dialog()?.open) return;
    if (!options().includes(chosen) || isCurrent()) choose(options()[0]);
    if (opensWhenFound && isCurrent()) {
      opensWhenFound = false;
      chosen?.click();
    }
  };

  const watch = (element) => {
    if (element && !element.watched) {
      element.watched = true;
      new MutationObserver(drawn).observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-for"] });
    }
  };

  const open = () => {
    const element = dialog();
    if (!element || element.open || document.querySelector("dialog:modal")) return;
    watch(list());
    opensWhenFound = false;
    element.showModal();
    field().focus();
  };

  const move = (step) => {
    const all = options();
    if (all.length > 0) choose(all[(all.indexOf(chosen) + step + all.length) % all.length]);
  };

  addEventListener("keydown", (event) => {
    if (!dialog()?.open || event.defaultPrevented) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key.toLowerCase() === "k") {
      event.preventDefault();
      dialog().close();
      return;
    }
    if (event.target !== field() || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isCurrent()) chosen?.click();
      else opensWhenFound = true;
    }
  });

  // Before the others: the page under the palette is the one that acts.
  addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const option = target?.closest("#palette [role=option]");
    if (target === dialog() || option) dialog().close();
    if (option?.dataset.action === "sign-out") document.querySelector("form[action='/logout']")?.requestSubmit();
    if (option?.dataset.action === "language") document.querySelector("a[hreflang]")?.click();
  }, true);
  addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-action=palette]")) open();
  });
  addEventListener("mousemove", (event) => {
    const option = event.target instanceof Element ? event.target.closest("#palette [role=option]") : null;
    if (option && option !== chosen) choose(option);
  });
  addEventListener("close", (event) => {
    if (event.target !== dialog()) return;
    field().value = "";
    choose(null);
  }, true);

  // Kept for this tab only: several people share the plant's computers.
  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(recentKey)) ?? [];
    } catch {
      return [];
    }
  };
  const remember = () => {
    if (!/^\/(tickets|machines|notifications)\/(?!new$)[^/]+$/.test(location.pathname)) return;
    const page = { href: location.pathname, title: document.title.split(" · ")[0] };
    try {
      sessionStorage.setItem(recentKey, JSON.stringify([page, ...read().filter((other) => other.href !== page.href)].slice(0, 7)));
    } catch {
      // private mode
    }
  };
  try {
    if (location.pathname === "/login") sessionStorage.removeItem(recentKey);
  } catch {
    // private mode
  }
  new MutationObserver(remember).observe(document.head, { childList: true, subtree: true, characterData: true });
  remember();

  if (isApple) for (const key of document.querySelectorAll(".find kbd")) if (key.firstChild) key.firstChild.nodeValue = "⌘ K";

  window.maintenancePalette = {
    open,
    recent: () => read().filter((page) => page.href !== location.pathname).slice(0, 6),
  };
})();
