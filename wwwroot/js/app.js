// What the page does without the circuit: the one clock, theme, copy, password, menus.
(() => {
  const root = document.documentElement;
  const words = root.dataset;
  // The plant's computers are not always on time: count from the server's clock.
  const drift = Date.parse(words.now) - Date.now();
  const now = () => Date.now() + (Number.isFinite(drift) ? drift : 0);
  const nbsp = "\u00a0";

  // The same rules as Components/DurationText.cs
  const duration = (milliseconds) => {
    const seconds = Math.floor(Math.abs(milliseconds) / 1000);
    const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
    const [day, hour] = [nbsp + words.unitDay, nbsp + words.unitHour];
    if (seconds < 60) return seconds + nbsp + "s";
    if (seconds < 3600) return minutes + nbsp + "min";
    if (seconds < 6 * 3600 && minutes) return hours + hour + nbsp + String(minutes).padStart(2, "0");
    if (seconds < 86400) return hours + hour;
    return days < 10 && hours ? days + day + nbsp + hours + hour : days + day;
  };
  const sentence = (template, milliseconds) => template.replace("{0}", duration(milliseconds));

  // Blazor owns the nodes: their text is changed, they are never replaced.
  const write = (element, text) => {
    const node = element?.firstChild;
    if (node && node.nodeType === Node.TEXT_NODE && node.nodeValue !== text) node.nodeValue = text;
  };

  const showDue = (element) => {
    const left = Date.parse(element.dataset.due) - now();
    const isLate = left < 0;
    const isSoon = !isLate && element.dataset.soonFrom && now() >= Date.parse(element.dataset.soonFrom);
    if (!isLate && !isSoon) return left;
    write(element.querySelector("time"), sentence(isLate ? words.lateBy : words.dueIn, left));
    if (element.classList.contains("due")) {
      element.classList.toggle("late", isLate);
      element.classList.toggle("soon", !isLate);
      const use = element.querySelector("use");
      use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, isLate ? "#alarm" : "#clock"));
    }
    return left;
  };

  const showAgo = (element) => {
    const passed = now() - Date.parse(element.dataset.ago);
    const text = Math.abs(passed) < 45000 ? words.justNow : sentence(passed > 0 ? words.ago : words.in, passed);
    write(element, text);
    return passed;
  };

  // Each minute; each second only while something on the page is closer than an hour.
  const tick = () => {
    let isClose = false;
    if (!document.hidden) {
      for (const element of document.querySelectorAll("[data-due]")) isClose = Math.abs(showDue(element)) < 3600000 || isClose;
      for (const element of document.querySelectorAll("time[data-ago]")) isClose = Math.abs(showAgo(element)) < 3600000 || isClose;
    }
    clearTimeout(tick.timer);
    tick.timer = setTimeout(tick, isClose ? 1000 : 60000 - (now() % 60000));
  };
  tick();
  addEventListener("visibilitychange", tick);

  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const label = button.getAttribute("aria-label");
    button.setAttribute("aria-label", button.dataset.copied);
    button.classList.add("done");
    setTimeout(() => {
      button.setAttribute("aria-label", label);
      button.classList.remove("done");
    }, 2000);
  };

  // The theme belongs to the browser: a bright hall and a dark office are two computers of one person.
  const systemTheme = matchMedia("(prefers-color-scheme: dark)");
  const chosenTheme = () => /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1] ?? "system";
  const setTheme = (theme) => {
    document.cookie = `theme=${theme}; path=/; max-age=${theme === "system" ? 0 : 31536000}; samesite=lax`;
    root.dataset.theme = theme === "system" ? (systemTheme.matches ? "dark" : "light") : theme;
    showTheme();
  };
  const showTheme = () => {
    for (const choice of document.querySelectorAll("input[data-theme-choice]")) choice.checked = choice.dataset.themeChoice === chosenTheme();
  };
  systemTheme.addEventListener("change", () => { if (chosenTheme() === "system") setTheme("system"); });
  addEventListener("change", (event) => { if (event.target.dataset?.themeChoice) setTheme(event.target.dataset.themeChoice); });

  addEventListener("click", (event) => {
    const target = event.target.closest("[data-action], [data-copy]");
    if (target?.dataset.copy !== undefined) copy(target);
    if (target?.dataset.action === "theme") setTheme(root.dataset.theme === "dark" ? "light" : "dark");
    if (target?.dataset.action === "password") {
      const input = document.getElementById(target.getAttribute("aria-controls"));
      const isShown = input.type === "text";
      input.type = isShown ? "password" : "text";
      target.setAttribute("aria-pressed", String(!isShown));
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  });

  for (const type of ["keydown", "keyup"]) {
    addEventListener(type, (event) => {
      const hint = document.getElementById("caps");
      if (hint && event.getModifierState) hint.hidden = !event.getModifierState("CapsLock");
    });
  }

  // Only for its offline page: nothing that needs an account is ever stored.
  navigator.serviceWorker?.register("/service-worker.js").catch(() => {});

  window.maintenance = {
    interactive: () => { root.dataset.interactive = "true"; tick(); dispatchEvent(new Event("maintenance:interactive")); },
    showTheme,
    prefer: (density, hasSingleKeys) => {
      if (density === "compact") root.dataset.density = density;
      else delete root.dataset.density;
      if (hasSingleKeys) delete root.dataset.singleKeys;
      else root.dataset.singleKeys = "off";
    },
    openDialog: (dialog) => dialog.showModal(),
    closeDialog: (dialog) => dialog.close(),
  };
})();
