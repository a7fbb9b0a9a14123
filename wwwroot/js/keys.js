// The keyboard, on every page. An element with data-key="c" ("g t", "Shift+ArrowRight", "Ctrl+Enter", "j|ArrowDown") is
// pressed, or focused where it is a field, when that key is typed outside text fields. Rows: see data-rows in
// docs/ui-components.md. The list behind "?" is read from the page, so that it names the keys that work and no others.
(() => {
  const root = document.documentElement;
  const help = document.getElementById("key-help");
  const sequenceLasts = 1500;
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  let typed = { keys: "", at: 0 };
  let lastRow = null;

  const isOn = () => root.dataset.singleKeys !== "off";
  const isField = (element) =>
    element.matches?.("textarea, select, [contenteditable=''], [contenteditable=true]") ||
    (element.matches?.("input") && !["checkbox", "radio", "button", "submit", "reset", "file", "range", "color"].includes(element.type));

  // A letter without its case, a sign as typed, a named key with its Shift: what the attribute says.
  const nameOf = (event) => {
    const isAltGraph = event.getModifierState?.("AltGraph");
    if (event.altKey && !isAltGraph) return null;
    const hasControl = (event.ctrlKey || event.metaKey) && !isAltGraph;
    const isLetter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase();
    const key = isLetter ? event.key.toLowerCase() : event.key === " " ? "Space" : event.key;
    const hasShift = event.shiftKey && (isLetter || key.length > 1);
    return (hasControl ? "Ctrl+" : "") + (hasShift ? "Shift+" : "") + key;
  };
  const isCharacter = (name) => name.split(" ").every((key) => key.replace("Shift+", "").length === 1 || key === "Space");

  const scope = () => [...document.querySelectorAll("dialog:modal")].at(-1) ?? document;
  const isShown = (element) => element.checkVisibility({ checkVisibilityCSS: true }) || element.closest("[data-keys-always]") !== null;
  const isAble = (element) => !element.disabled && element.getAttribute("aria-disabled") !== "true" && isShown(element);
  const keysOf = (element, attribute) => element.getAttribute(attribute).split("|");

  const rowOf = (element) => element?.closest?.("[data-row]");
  const rowsOf = (container) => [...container.querySelectorAll("[data-row]")].filter((row) => row.closest("[data-rows]") === container && isShown(row));
  const current = () => rowOf(document.activeElement);

  // The nearest to where the person is: same form, same row's page part, then main before the shell around it.
  const find = (name, from) => {
    const found = [...scope().querySelectorAll("[data-key]")].filter((element) => keysOf(element, "data-key").includes(name) && isAble(element));
    const form = from.closest?.("form");
    return (form && found.find((element) => form.contains(element))) ?? found.find((element) => element.closest("main, dialog, .toast")) ?? found[0];
  };

  const press = (element) => {
    if (element.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select")) {
      element.focus();
      if (element.matches("select")) {
        try { element.showPicker(); } catch { /* the list opens with the arrow keys */ }
      } else if (element.type === "search" || element.closest(".typed-box")) {
        element.select();
      }
      return;
    }
    element.click();
  };

  const focusRow = (row) => {
    if (!row) return false;
    if (!row.hasAttribute("tabindex") && !row.matches("a[href], button")) row.tabIndex = -1;
    row.focus();
    row.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  };

  // A list that was drawn again has new elements: the same row is found by its name, else by its place.
  const remembered = (containers) => {
    if (!lastRow) return null;
    for (const container of containers) {
      const same = lastRow.name && rowsOf(container).find((row) => row.dataset.row === lastRow.name);
      if (same) return same;
    }
    return null;
  };

  const moveInRows = (name) => {
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[name];
    const side = { ArrowRight: 1, ArrowLeft: -1 }[name];
    const containers = [...scope().querySelectorAll("[data-rows]")].filter(isShown);
    const row = current();
    if (!row) {
      if (name !== "j" && name !== "k") return false;
      const start = remembered(containers);
      if (start) return focusRow(rowsOf(start.closest("[data-rows]"))[clamp(rowsOf(start.closest("[data-rows]")).indexOf(start) + step, start)]);
      return focusRow(containers.flatMap(rowsOf)[0]);
    }
    const container = row.closest("[data-rows]");
    if (!container) return false;
    const rows = rowsOf(container);
    const index = rows.indexOf(row);
    if (step) return focusRow(rows[index + step] ?? row);
    if (name === "Home") return focusRow(rows[0]);
    if (name === "End") return focusRow(rows.at(-1));
    const columns = container.closest("[data-columns]");
    if (!side || !columns) return false;
    const filled = containers.filter((other) => columns.contains(other) && rowsOf(other).length > 0);
    const next = filled[filled.indexOf(container) + side];
    return next ? focusRow(rowsOf(next)[Math.min(index, rowsOf(next).length - 1)]) : true;
  };
  const clamp = (index, row) => Math.max(0, Math.min(index, rowsOf(row.closest("[data-rows]")).length - 1));

  const inRow = (name, target) => {
    const row = rowOf(target);
    if (!row) return false;
    // Enter and space on a button or link of the row are its own.
    if ((name === "Enter" || name === "Space") && target !== row) return false;
    const element = [...row.querySelectorAll("[data-row-key]"), row]
      .find((candidate) => candidate.dataset.rowKey && keysOf(candidate, "data-row-key").includes(name) && !candidate.disabled);
    const pressed = element ?? (name === "Enter" ? row.querySelector("a[href]") : null);
    if (!pressed) return false;
    press(pressed);
    return true;
  };

  const inPage = (name, from) => {
    const recent = Date.now() - typed.at < sequenceLasts ? typed.keys + " " + name : name;
    typed = { keys: "", at: 0 };
    const element = find(recent, from) ?? (recent === name ? null : find(name, from));
    if (element) {
      press(element);
      return true;
    }
    const isStart = !name.includes("+") && [...scope().querySelectorAll("[data-key]")]
      .some((candidate) => isAble(candidate) && keysOf(candidate, "data-key").some((key) => key.startsWith(name + " ")));
    if (isStart) typed = { keys: name, at: Date.now() };
    return isStart;
  };

  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || !event.key) return;
    const name = nameOf(event);
    if (!name || ["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"].includes(event.key)) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const isTyping = isField(target);
    if (isTyping && !["Ctrl+k", "Ctrl+Enter", "Ctrl+s"].includes(name)) return;
    if (isCharacter(name) && !isOn()) return;
    if (event.repeat && !["j", "k", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"].includes(name)) return;
    const isNative = ["Enter", "Space"].includes(name) && target.closest("a, button, summary, input, label") && !target.matches("[data-row]");
    const isDone = inRow(name, target)
      || (name === "/" && search())
      || (!isNative && !(current() && ["j", "k"].includes(name)) && inPage(name, target))
      || moveInRows(name)
      || (name === "?" && openHelp());
    if (isDone) event.preventDefault();
  });

  addEventListener("focusin", (event) => {
    const row = rowOf(event.target);
    if (row) lastRow = { name: row.dataset.row };
  });

  // A list's own search box before the one of the whole site.
  const search = () => {
    const box = [...scope().querySelectorAll(".search input")].find(isShown);
    if (box) press(box);
    return Boolean(box);
  };

  // ── The list behind "?" ─────────────────────────────────
  const labelOf = (element) => (element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent
    ?? element.getAttribute("title") ?? element.textContent).trim().replace(/\s+/g, " ");

  const drawKey = (keys) => {
    const drawn = document.createElement("span");
    keys.split(" ").forEach((key, index) => {
      if (index > 0) drawn.append(" " + help.dataset.then + " ");
      key.split("+").forEach((part, place) => {
        if (place > 0) drawn.append(" + ");
        const cap = document.createElement("kbd");
        cap.textContent = (part === "Ctrl" && isApple ? "⌘" : help.dataset["name" + part]) ?? (part.length === 1 && key.includes("+") ? part.toUpperCase() : part);
        drawn.append(cap);
      });
    });
    return drawn;
  };

  const groupOf = (element, keys) => element.hasAttribute("data-row-key") ? "list"
    : keys.startsWith("g ") ? "go" : element.closest("main, dialog") ? "page" : "everywhere";

  const entries = () => {
    const found = new Map();
    const add = (group, keys, label) => {
      if (!label || (isCharacter(keys) && !isOn())) return;
      const entry = found.get(group + label);
      if (!entry) found.set(group + label, { group, label, keys: [keys] });
      else if (!entry.keys.includes(keys)) entry.keys.push(keys);
    };
    for (const element of document.querySelectorAll("[data-key]")) {
      if (isAble(element) && !help.contains(element)) for (const keys of keysOf(element, "data-key")) add(groupOf(element, keys), keys, labelOf(element));
    }
    const containers = [...document.querySelectorAll("[data-rows]")].filter((container) => isShown(container) && rowsOf(container).length > 0);
    if (containers.length > 0) {
      add("list", "j", help.dataset.nextRow);
      add("list", "k", help.dataset.previousRow);
      if (!isOn()) add("list", "ArrowDown", help.dataset.nextRow);
      if (containers.some((container) => container.closest("[data-columns]"))) add("list", "ArrowRight", help.dataset.nextColumn);
      for (const container of containers) {
        for (const element of rowsOf(container).slice(0, 5).flatMap((row) => [row, ...row.querySelectorAll("[data-row-key]")])) {
          if (element.dataset.rowKey) for (const keys of keysOf(element, "data-row-key")) add("list", keys, labelOf(element));
        }
      }
    }
    add("everywhere", "?", help.dataset.thisHelp);
    return [...found.values()];
  };

  const openHelp = () => {
    if (!help || help.open) return false;
    const all = entries();
    for (const section of help.querySelectorAll("[data-group]")) {
      const list = section.querySelector("dl");
      list.replaceChildren(...all.filter((entry) => entry.group === section.dataset.group).map((entry) => {
        const line = document.createElement("div");
        const [keys, label] = [document.createElement("dd"), document.createElement("dt")];
        label.textContent = entry.label;
        keys.append(...entry.keys.map(drawKey));
        line.append(label, keys);
        return line;
      }));
      section.hidden = list.childElementCount === 0;
    }
    help.querySelector("[data-single-keys-off]").hidden = isOn();
    help.showModal();
    return true;
  };

  addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-action=keys]")) openHelp();
    if (target?.closest("[data-action=close-dialog], #key-help a") || target === help) target.closest("dialog")?.close();
  });

  window.maintenanceKeys = { openHelp, isOn };
})();
