// The board's hands: mouse and pen drag, a long press of a finger, Shift and an arrow, a swipe between columns on a phone.
// It only asks: the server moves the card, and what Blazor drew is never taken apart here.
const Slack = 6; // pixels before a press becomes a drag
const LongPress = 380; // milliseconds
const Swipe = 56;
const Edge = 64;
const phone = matchMedia("(max-width: 760px)");

export const start = (root, board) => {
  const air = root.querySelector(".board-float");
  const mayMove = () => root.dataset.movable === "true";
  const cardOf = (id) => root.querySelector(`.card[data-id="${id}"]`);
  let press = null; // a button or finger is down
  let drag = null; // a card is in the air
  let wanted = null; // the card that gets the focus back once it is drawn again
  let swallow = false; // the click that ends a drag is none

  const ask = async (card, to, step) => {
    const id = Number(card.dataset.id);
    card.dataset.moving = "";
    try {
      await board.invokeMethodAsync("MoveCardAsync", id, to, step);
    } finally {
      cardOf(id)?.removeAttribute("data-moving");
      refocus();
    }
  };

  // A moved card is another element: the focus follows it.
  const refocus = () => {
    if (wanted === null || (document.activeElement && document.activeElement !== document.body)) return;
    const card = cardOf(wanted);
    if (!card || card.hasAttribute("data-moving")) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  new MutationObserver(refocus).observe(root, { childList: true, subtree: true });

  // ── In the air ──
  const target = (x, y) => {
    const place = document.elementFromPoint(x, y)?.closest(".cell[data-status], .colhead[data-status], .colchips [data-status]");
    if (!place || !root.contains(place)) return null;
    if (!place.matches(".colhead")) return place;
    const cells = [...root.querySelectorAll(`.cell[data-status="${place.dataset.status}"]`)];
    return cells[0] ?? null;
  };

  const mark = (place) => {
    if (drag.place === place) return;
    drag.place?.removeAttribute("data-over");
    drag.place = place && place.dataset.status !== drag.card.dataset.status ? place : null;
    drag.place?.setAttribute("data-over", "");
  };

  const float = () => {
    drag.ghost.style.transform = `translate(${drag.x - drag.dx}px, ${drag.y - drag.dy}px) rotate(1.2deg)`;
  };

  const scroll = () => {
    if (!drag) return;
    const view = drag.view.getBoundingClientRect();
    const pull = (at, low, high) => (at < low + Edge ? Math.max(-1, (at - low - Edge) / Edge) : at > high - Edge ? Math.min(1, (at - high + Edge) / Edge) : 0);
    const [left, top] = [pull(drag.x, Math.max(view.left, 0), Math.min(view.right, innerWidth)), pull(drag.y, Math.max(view.top, 0), Math.min(view.bottom, innerHeight))];
    if (left || top) {
      drag.view.scrollBy(left * 16, top * 16);
      mark(target(drag.x, drag.y));
    }
    drag.frame = requestAnimationFrame(scroll);
  };

  const lift = (card, x, y) => {
    const box = card.getBoundingClientRect();
    const ghost = card.cloneNode(true);
    ghost.removeAttribute("tabindex");
    ghost.classList.add("lift");
    ghost.style.width = `${box.width}px`;
    air.replaceChildren(ghost);
    card.dataset.lifted = "";
    document.documentElement.dataset.dragging = "";
    getSelection()?.removeAllRanges();
    drag = { card, ghost, x, y, dx: press.x - box.left, dy: press.y - box.top, place: null, view: root.querySelector(".board") };
    float();
    mark(target(x, y));
    drag.frame = requestAnimationFrame(scroll);
    board.invokeMethodAsync("FreezeAsync", true);
  };

  const land = () => {
    cancelAnimationFrame(drag.frame);
    drag.place?.removeAttribute("data-over");
    delete document.documentElement.dataset.dragging;
    swallow = true;
    setTimeout(() => (swallow = false));
  };

  const drop = async () => {
    const { card, ghost, place } = drag;
    const box = place?.querySelector(".drop")?.getBoundingClientRect();
    land();
    drag = null;
    if (!place) {
      air.replaceChildren();
      card.removeAttribute("data-lifted");
      board.invokeMethodAsync("FreezeAsync", false);
      return;
    }

    // The card lies where it was dropped before the server has answered.
    ghost.classList.add("landed");
    if (box?.width) ghost.style.transform = `translate(${box.left}px, ${box.top}px)`;
    try {
      await ask(card, place.dataset.status, 0);
    } finally {
      if (ghost.parentNode === air) air.replaceChildren();
      card.removeAttribute("data-lifted");
    }
  };

  const cancel = () => {
    land();
    air.replaceChildren();
    drag.card.removeAttribute("data-lifted");
    drag = null;
    board.invokeMethodAsync("FreezeAsync", false);
  };

  // ── Pressed ──
  const end = () => {
    clearTimeout(press?.timer);
    press = null;
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", up);
    removeEventListener("pointercancel", lost);
  };

  const move = (event) => {
    if (event.pointerId !== press?.pointer) return;
    if (drag) {
      [drag.x, drag.y] = [event.clientX, event.clientY];
      float();
      mark(target(drag.x, drag.y));
      return;
    }
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y);
    if (far <= Slack) return;
    clearTimeout(press.timer);
    if (press.card && !press.isTouch) lift(press.card, event.clientX, event.clientY);
  };

  const up = (event) => {
    if (event.pointerId !== press?.pointer) return;
    const [x, y] = [event.clientX - press.x, event.clientY - press.y];
    if (drag) drop();
    else if (press.isTouch && phone.matches && Math.abs(x) > Swipe && Math.abs(x) > 2 * Math.abs(y)) turn(x < 0 ? 1 : -1);
    end();
  };

  const lost = () => {
    if (drag) cancel();
    end();
  };

  const turn = (step) => {
    const chips = [...root.querySelectorAll(".colchips [data-status]")];
    const next = chips[chips.findIndex((chip) => chip.getAttribute("aria-pressed") === "true") + step];
    if (!next) return;
    swallow = true;
    setTimeout(() => {
      swallow = false;
      next.click();
      next.scrollIntoView({ block: "nearest", inline: "center" });
    });
  };

  const menu = (card) => card.querySelector(".mv")?.click();

  root.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0 || !event.target.closest(".board")) return;
    const isControl = event.target.closest("button, input, select, textarea, form");
    const card = mayMove() && !isControl ? event.target.closest(".card[data-id]") : null;
    end();
    press = { pointer: event.pointerId, x: event.clientX, y: event.clientY, card, isTouch: event.pointerType === "touch" };
    if (card && press.isTouch) {
      press.timer = setTimeout(() => {
        if (phone.matches) {
          end();
          menu(card);
          // The finger is still down, now above the sheet: lifting it is no choice.
          swallow = true;
          const lifted = () => {
            for (const type of ["pointerup", "pointercancel"]) removeEventListener(type, lifted, true);
            setTimeout(() => (swallow = false), 80);
          };
          for (const type of ["pointerup", "pointercancel"]) addEventListener(type, lifted, true);
        } else lift(card, press.x, press.y);
      }, LongPress);
    }
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", lost);
  });

  // A finger that carries a card does not scroll the page.
  root.addEventListener("touchmove", (event) => drag && event.cancelable && event.preventDefault(), { passive: false });
  root.addEventListener("contextmenu", (event) => press?.isTouch && event.target.closest(".card") && event.preventDefault());
  root.addEventListener("dragstart", (event) => event.target.closest(".card") && event.preventDefault());

  root.addEventListener(
    "click",
    (event) => {
      if (swallow && event.isTrusted) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const card = event.target.closest(".board .card[data-id]");
      if (card && phone.matches && !event.target.closest("a, button, input, select")) menu(card);
    },
    true,
  );

  // ── Keys on a card ──
  addEventListener(
    "keydown",
    (event) => {
      if (!root.isConnected || !(event.target instanceof Element) || !root.contains(event.target)) return;
      if (event.key === "Escape" && drag) {
        event.preventDefault();
        cancel();
        end();
        return;
      }
      const card = event.target.closest(".board .card[data-id]");
      if (!card || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
      if (!event.shiftKey || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return; // keys.js has the others
      event.preventDefault();
      event.stopPropagation();
      if (!mayMove()) return;
      wanted = Number(card.dataset.id);
      ask(card, null, event.key === "ArrowRight" ? 1 : -1);
    },
    true,
  );
  root.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card[data-id]");
    if (wanted !== null && card && Number(card.dataset.id) !== wanted) wanted = null;
  });
  root.addEventListener("focus-card", (event) => (wanted = event.detail));
  root.dataset.ready = "";
};

// « Déplacer vers… »: from below on a phone, beside its button on a desk.
export const open = (dialog, id) => {
  const root = dialog.closest(".board-page");
  const button = root.querySelector(`.card[data-id="${id}"] .mv`);
  root.dispatchEvent(new CustomEvent("focus-card", { detail: id }));
  if (!dialog.dataset.ready) {
    dialog.dataset.ready = "true";
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      const targets = [...dialog.querySelectorAll(".target:not(:disabled)")];
      const at = targets.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
      targets.at(at % targets.length)?.focus();
    });
  }
  if (!dialog.open) dialog.showModal();
  dialog.style.cssText = "";
  if (!phone.matches && button) {
    const [at, box] = [button.getBoundingClientRect(), dialog.getBoundingClientRect()];
    const left = Math.max(8, Math.min(at.left - 4, innerWidth - box.width - 8));
    const top = at.bottom + 4 + box.height < innerHeight ? at.bottom + 4 : Math.max(8, at.top - box.height - 4);
    dialog.style.cssText = `margin: 0; left: ${left}px; top: ${top}px`;
  }
  dialog.querySelector(".target:not(:disabled)")?.focus();
};
