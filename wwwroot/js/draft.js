// Keeps what is typed in a form in this browser, so that neither a lost connection nor a restart of the server loses it.
const stored = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // private mode, or somebody else's text under our key
  }
};

export const read = (key) => stored(key)?.fields ?? null;

export const clear = (key) => {
  try {
    localStorage.removeItem(key);
  } catch {
    // private mode
  }
};

export const keep = (form, key) => {
  const write = () => {
    const fields = Object.fromEntries(new FormData(form));
    const isBlank = !fields.title && !fields.description;
    try {
      if (isBlank) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ fields }));
    } catch {
      // private mode
    }
  };
  // Not "change": a field that loses the focus because its ticket was just created would write the draft again.
  form.addEventListener("input", write);
};

// After the page's own focus on its title.
export const focusFirst = (element) => setTimeout(() => element?.focus(), 50);

export const focusError = (form) => {
  const first = form.querySelector('[aria-invalid="true"]');
  first?.focus();
  first?.scrollIntoView({ block: "center" });
};
