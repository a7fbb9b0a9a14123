// Keeps what is typed in this browser, so that neither a lost connection nor a restart of the server loses it.
const stored = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // private mode, or somebody else's text under our key
  }
};

const store = (key, value) => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // private mode
  }
};

export const read = (key) => stored(key)?.fields ?? null;

export const clear = (key) => store(key, null);

export const keep = (form, key) => {
  const note = document.querySelector("[data-draft-at]");
  const write = () => {
    const fields = Object.fromEntries(new FormData(form));
    const isBlank = !fields.title && !fields.description;
    store(key, isBlank ? null : { fields });
    if (note && !isBlank) {
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      note.firstChild.nodeValue = note.dataset.text.replace("{0}", time);
    }
  };
  // Not "change": a field that loses the focus because its ticket was just created would write the draft again.
  form.addEventListener("input", write);
};

// One text box: a half-typed comment, a description being edited (with the text it began from).
export const readText = (key) => stored(key);

export const writeText = (key, text, from = null) => store(key, text ? { text, from } : null);

export const keepText = (box, key, from = null) => {
  if (!box) return;
  const isNew = !box.dataset.draft;
  box.dataset.draft = key;
  box.draftFrom = from;
  if (isNew) box.addEventListener("input", () => writeText(box.dataset.draft, box.value, box.draftFrom));
};

// After the page's own focus on its title.
export const focusFirst = (element) => setTimeout(() => element?.focus(), 50);

export const focusError = (form) => {
  const first = form.querySelector('[aria-invalid="true"]');
  first?.focus();
  first?.scrollIntoView({ block: "center" });
};
