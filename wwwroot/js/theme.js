// Before the first paint: where no theme was chosen (cookie, written on <html> by the server) the system's is taken.
document.documentElement.dataset.theme ??= matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
