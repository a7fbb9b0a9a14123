// Starts Blazor, keeps trying when the connection is lost, and carries what was typed over a reload.
(() => {
  const keptKey = "maintenance.typed:" + location.pathname;
  const kinds = "textarea, input:is([type=text], [type=tel], [type=email], [type=url], [type=number], :not([type]))";

  // The server knows this page no more (it was restarted, or put the page away): loaded again with what was typed. Blazor would
  // ask for a new circuit first, which draws the page anew over the fields; the error bar is for other errors than its refusal.
  const loadAgain = () => {
    document.getElementById("blazor-error-ui")?.remove();
    location.reload();
  };

  Blazor.start({
    circuit: {
      circuitHandlers: [{ onCircuitClosed: loadAgain }],
      reconnectionOptions: {
        maxRetries: Infinity,
        retryIntervalMilliseconds: (attempt) => attempt === 0 ? 0 : attempt < 10 ? 1000 : attempt < 60 ? 3000 : 15000,
      },
    },
  });

  // A field is named by what stays the same after a reload.
  const nameOf = (field) => {
    const label = field.id || field.name || field.getAttribute("aria-label");
    return label && !/[0-9a-f]{32}/.test(label) ? `${field.tagName}:${label}` : null;
  };
  const touched = new Set();
  let heldBack = null; // fields and their texts since the connection was lost
  addEventListener("input", (event) => {
    const field = event.target;
    if (!event.isTrusted || !(field instanceof Element) || !field.matches(kinds) || field.closest("#palette, [data-not-kept]") || !nameOf(field)) return;
    touched.add(field);
    heldBack?.set(field, field.value);
  }, true);

  const write = (field, value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (field !== document.activeElement) field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // The server did not hear the last keys, and what it draws late would put the older text back.
  const catchUp = () => {
    const fields = heldBack ?? new Map();
    heldBack = null;
    const tell = (isLast) => {
      for (const [field, value] of fields) {
        if (field.isConnected && value && (!isLast || field.value !== value)) write(field, value);
      }
    };
    const stop = (event) => event.isTrusted && fields.delete(event.target);
    addEventListener("input", stop, true);
    setTimeout(() => tell(false), 100);
    setTimeout(() => {
      tell(true);
      removeEventListener("input", stop, true);
    }, 700);
  };

  const keep = () => {
    const fields = [...touched].filter((field) => field.isConnected && field.value.trim()).map((field) => [nameOf(field), field.value]);
    try {
      if (fields.length > 0) sessionStorage.setItem(keptKey, JSON.stringify(fields));
      else sessionStorage.removeItem(keptKey);
    } catch {
      // private mode
    }
  };

  const kept = () => {
    try {
      const text = sessionStorage.getItem(keptKey);
      sessionStorage.removeItem(keptKey);
      return performance.getEntriesByType("navigation")[0]?.type === "reload" ? JSON.parse(text) ?? [] : [];
    } catch {
      return [];
    }
  };

  // Fields appear when their rows are read; what finds none is offered as text, never thrown away.
  const restore = (fields, triesLeft) => {
    const waiting = fields.filter(([name, value]) => {
      const field = [...document.querySelectorAll(kinds)].find((candidate) => nameOf(candidate) === name);
      if (!field) return true;
      if (field.value !== value && !touched.has(field)) {
        touched.add(field);
        write(field, value);
      }
      return false;
    });
    if (waiting.length === 0) return;
    if (triesLeft > 0) {
      setTimeout(() => restore(waiting, triesLeft - 1), 400);
      return;
    }
    const bar = document.getElementById("kept-text");
    const button = bar?.querySelector("button[data-copy]");
    if (!button) return;
    button.dataset.copy = waiting.map(([, value]) => value).join("\n\n");
    bar.classList.add("is-shown");
  };

  addEventListener("pagehide", keep);
  addEventListener("maintenance:interactive", () => {
    const fields = kept();
    if (fields.length > 0) restore(fields, 8);
  }, { once: true });
  addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("#kept-text [data-action=close-bar]")) document.getElementById("kept-text").classList.remove("is-shown");
    if (event.target instanceof Element && event.target.closest("[data-action=reload]")) location.reload();
  });

  document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", ({ detail }) => {
    if (detail.state === "rejected") location.reload();
    else if (detail.state === "show") heldBack ??= new Map([...touched].filter((field) => field.isConnected).map((field) => [field, field.value]));
    else if (detail.state === "hide") catchUp();
  });
})();
