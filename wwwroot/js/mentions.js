// @name in a text box: a list of people under it, by keyboard and by mouse (ARIA combobox with a list box).
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export const start = (box, listId, names) => {
  if (!box) return;
  box.people = names;
  if (box.hasMentions) return;
  box.hasMentions = true;
  const list = document.getElementById(listId);
  let [found, chosen] = [[], 0];

  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", listId);

  // What is typed after the last @ before the caret, up to three words.
  const typed = () => /(?:^|[^\p{L}\p{N}])@([\p{L}'’-]*(?: [\p{L}'’-]*){0,2})$/u.exec(box.value.slice(0, box.selectionStart))?.[1];

  const close = () => {
    found = [];
    list.hidden = true;
    box.removeAttribute("aria-activedescendant");
  };

  const draw = () => {
    list.replaceChildren(...found.map((name, index) => {
      const item = document.createElement("li");
      item.id = `${listId}-${index}`;
      item.role = "option";
      item.textContent = name;
      item.setAttribute("aria-selected", String(index === chosen));
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(index);
      });
      return item;
    }));
    list.hidden = found.length === 0;
    if (found.length) box.setAttribute("aria-activedescendant", `${listId}-${chosen}`);
    else box.removeAttribute("aria-activedescendant");
  };

  const look = () => {
    const wanted = typed();
    if (wanted === undefined) return close();
    const text = fold(wanted);
    found = box.people
      .filter((name) => fold(name) !== text.trim() && (fold(name).startsWith(text) || fold(name).split(" ").some((word) => text && word.startsWith(text))))
      .slice(0, 6);
    chosen = 0;
    draw();
  };

  const take = (index) => {
    const caret = box.selectionStart;
    const from = caret - typed().length;
    box.setRangeText(found[index] + " ", from, caret, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    box.focus();
  };

  box.addEventListener("input", look);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (!found.length || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      chosen = (chosen + step + found.length) % found.length;
      draw();
    } else if (event.key === "Enter" || event.key === "Tab") {
      take(chosen);
    } else if (event.key === "Escape") {
      close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
};
