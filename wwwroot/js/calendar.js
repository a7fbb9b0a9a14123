// The calendar's gestures: a ticket is dragged with the mouse at once, with a finger after a moment; arrows go from ticket to
// ticket, Shift and an arrow take the ticket along. What a drop means is decided on the server; here it is only drawn.
const pressLasts = 350;
const slack = 6;
const edge = 64;

export const start = (root, page) => {
  const stop = new AbortController();
  const on = (target, type, handler, options) => target.addEventListener(type, handler, { ...options, signal: stop.signal });
  const call = (name, ...values) => page.invokeMethodAsync(name, ...values).catch(() => { /* the circuit is gone: the page says so */ });

  // ── Phone or not ────────────────────────────────────────
  const narrow = matchMedia("(max-width: 760px)");
  on(narrow, "change", () => call("SetPhoneAsync", narrow.matches));
  call("SetPhoneAsync", narrow.matches);

  // ── Nothing moves under the pointer ─────────────────────
  let isHeld = false;
  let isOver = false;
  const hold = () => {
    const isNow = isOver || drag !== null || root.contains(document.activeElement?.closest("[data-plan]"));
    if (isNow === isHeld) return;
    isHeld = isNow;
    call("HoldAsync", isHeld);
  };
  on(root, "pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    isOver = event.target.closest(".cal") !== null && !event.target.closest(".news");
    hold();
  });
  on(root, "pointerleave", () => { isOver = false; hold(); });
  on(root, "focusin", () => hold());
  on(root, "focusout", () => setTimeout(hold));

  // ── Drag ────────────────────────────────────────────────
  let press = null; // the pointer is down on a ticket
  let drag = null; // the ticket follows it

  const cellAt = (x, y) => document.elementFromPoint(x, y)?.closest("[data-day]") ?? null;
  const show = (cell) => {
    if (drag.cell === cell) return;
    drag.cell?.removeAttribute("data-over");
    cell?.setAttribute("data-over", "");
    drag.cell = cell;
    drag.label.textContent = cell?.dataset.label ?? "";
    drag.label.hidden = !cell;
  };

  const begin = () => {
    clearTimeout(press.timer);
    const box = press.item.getBoundingClientRect();
    const ghost = press.item.cloneNode(true);
    for (const copy of [ghost, ...ghost.querySelectorAll("*")]) for (const name of ["id", "data-row", "data-plan", "data-row-key"]) copy.removeAttribute(name);
    const label = document.createElement("span");
    label.className = "drop-label";
    const frame = document.createElement("ul");
    frame.className = "calendar-ghost calendar-page";
    frame.setAttribute("aria-hidden", "true");
    frame.style.width = `${Math.min(box.width, 240)}px`;
    frame.append(ghost, label);
    document.body.append(frame);
    const dx = Math.min(press.x - box.left, 200);
    drag = { ...press, frame, label, cell: null, dx, dy: press.y - box.top, at: [press.x, press.y] };
    press.item.setAttribute("data-dragged", "");
    root.setAttribute("data-dragging", "");
    hold();
    move(press.x, press.y);
    scroll();
  };

  const move = (x, y) => {
    drag.at = [x, y];
    drag.frame.style.translate = `${x - drag.dx}px ${y - drag.dy}px`;
    show(cellAt(x, y));
  };

  // Near an edge the page, or the wide table, comes along.
  const scroll = () => {
    if (!drag || drag.isDone) return;
    const [x, y] = drag.at;
    const down = y > innerHeight - edge ? 1 : y < edge + 56 ? -1 : 0;
    if (down) scrollBy(0, down * 9);
    const wide = drag.cell?.closest(".plan-wrap");
    if (wide && wide.scrollWidth > wide.clientWidth) {
      const box = wide.getBoundingClientRect();
      wide.scrollLeft += x > box.right - edge ? 9 : x < box.left + edge ? -9 : 0;
    }
    if (down) show(cellAt(x, y));
    requestAnimationFrame(scroll);
  };

  const end = async (isDropped) => {
    clearTimeout(press?.timer);
    const done = drag;
    press = null;
    if (!done || done.isDone) return;
    done.isDone = true;
    swallowClick();
    root.removeAttribute("data-dragging");
    if (isDropped && done.cell) {
      done.frame.setAttribute("data-sent", "");
      await call("DropAsync", Number(done.item.dataset.plan), done.cell.dataset.day, done.cell.dataset.person);
    }
    done.cell?.removeAttribute("data-over");
    done.item.removeAttribute("data-dragged");
    done.frame.remove();
    drag = null;
    hold();
  };

  // The click that ends a drag is not one on the link.
  const swallowClick = () => {
    const swallow = (event) => { event.preventDefault(); event.stopPropagation(); };
    root.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => root.removeEventListener("click", swallow, { capture: true }), 50);
  };

  on(root, "pointerdown", (event) => {
    const item = event.target.closest("[data-plan]");
    if (!item || drag || event.button !== 0 || event.target.closest("button, input, select")) return;
    press = { item, x: event.clientX, y: event.clientY, id: event.pointerId, isTouch: event.pointerType !== "mouse" };
    if (press.isTouch) press.timer = setTimeout(begin, pressLasts);
  });
  on(window, "pointermove", (event) => {
    if (drag && !drag.isDone && event.pointerId === drag.id) {
      move(event.clientX, event.clientY);
    } else if (press && !drag && event.pointerId === press.id && Math.hypot(event.clientX - press.x, event.clientY - press.y) > slack) {
      // A finger that moves at once scrolls.
      if (press.isTouch) { clearTimeout(press.timer); press = null; } else begin();
      if (drag) move(event.clientX, event.clientY);
    }
  });
  on(window, "pointerup", (event) => { if (event.pointerId === (drag ?? press)?.id) end(true); });
  on(window, "pointercancel", (event) => { if (event.pointerId === (drag ?? press)?.id) end(false); });
  on(root, "touchmove", (event) => { if (drag) event.preventDefault(); }, { passive: false });
  on(root, "contextmenu", (event) => { if (press?.isTouch || drag) event.preventDefault(); });
  on(root, "dragstart", (event) => { if (event.target.closest("[data-plan]")) event.preventDefault(); });

  // ── Keys ────────────────────────────────────────────────
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const centre = (element) => {
    const box = element.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };
  const next = (from, [across, down]) => {
    const [x, y] = centre(from);
    let best = null;
    for (const item of root.querySelectorAll("[data-row]")) {
      if (item === from || !item.checkVisibility()) continue;
      const [dx, dy] = [centre(item)[0] - x, centre(item)[1] - y];
      const ahead = dx * across + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * across);
      if (ahead > 4 && (best === null || ahead + 3 * aside < best.far)) best = { item, far: ahead + 3 * aside };
    }
    return best?.item;
  };
  const focus = (item) => {
    const link = item?.querySelector("a");
    link?.focus();
    link?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  on(document, "keydown", async (event) => {
    if (event.key === "Escape" && drag) return end(false);
    const item = event.target.closest?.("[data-row]");
    const way = arrows[event.key];
    if (!item || !root.contains(item) || !way || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
    event.preventDefault();
    if (!event.shiftKey) return focus(next(item, way));
    if (!item.dataset.plan) return;
    const id = item.dataset.plan;
    await call("StepAsync", Number(id), ...way);
    focus([...root.querySelectorAll(`[data-row="${id}"]`)].find((moved) => moved.checkVisibility()));
  });

  root.setAttribute("data-ready", "");
  return { stop: () => { stop.abort(); drag?.frame.remove(); } };
};
