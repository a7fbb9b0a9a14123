// Photos and files: camera, choose, paste, drop. Photos are made smaller here, a small picture is made of each, and both
// are sent with a progress bar. Until a ticket exists they are kept in memory.
const largestSide = 2000;
const smallSide = 320;
const shrinkAbove = 600 * 1024;
const states = new WeakMap();
const isPhoto = (file) => /^image\/(jpeg|png|webp|heic|heif|bmp)$/.test(file.type) || /\.(heic|heif)$/i.test(file.name);

const isMedia = (file) => /^(video|audio)\//.test(file.type) || /\.(mp4|m4v|mov|webm|m4a|mp3)$/i.test(file.name);
const mostTries = 12;

const draw = async (source, side, quality) => {
  const scale = Math.min(1, side / Math.max(source.width, source.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(source.width * scale));
  canvas.height = Math.max(1, Math.round(source.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff"; // JPEG has no transparency
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
};

// Drawing also leaves out what the camera wrote into the file: where and when it was taken.
const prepare = async (file) => {
  const isDrawable = isPhoto(file) || file.type === "image/gif";
  const source = isDrawable ? await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null) : null;
  if (!source) return { blob: file, name: file.name, small: null };
  const small = await draw(source, smallSide, 0.75);
  const isLarge = file.size > shrinkAbove || Math.max(source.width, source.height) > largestSide || file.type !== "image/png";
  const photo = isPhoto(file) && isLarge ? await draw(source, largestSide, 0.85) : null;
  source.close();
  const isBetter = photo && (photo.size < file.size || file.type !== "image/png");
  return isBetter ? { blob: photo, name: file.name.replace(/\.(jpe?g|png|webp|gif|bmp|heic|heif)$/i, "") + ".jpg", small } : { blob: file, name: file.name, small };
};

const send = (method, address, blob, progress) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open(method, address);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.onprogress = (event) => event.lengthComputable && progress?.(event.loaded / event.total, request);
  request.onload = () => {
    let answer = null;
    try { answer = JSON.parse(request.responseText); } catch { /* not ours */ }
    if (request.status < 300) resolve(answer);
    else reject(Object.assign(new Error(answer?.error ?? ""), { status: request.status, code: answer?.code, wait: Number(request.getResponseHeader("Retry-After")) || 5 }));
  };
  request.onerror = () => reject(new Error(""));
  request.onabort = () => reject(new DOMException("", "AbortError"));
  request.send(blob);
  progress?.(0, request);
});

const row = (state, name) => {
  const item = document.createElement("li");
  const [label, bar, note, buttons] = ["span", "progress", "span", "span"].map((tag) => document.createElement(tag));
  label.className = "name";
  label.textContent = name;
  bar.max = 1;
  bar.setAttribute("aria-label", state.root.dataset.sending.replace("{0}", name));
  note.className = "err";
  note.hidden = true;
  buttons.className = "row";
  item.append(label, bar, note, buttons);
  state.list.append(item);
  return { item, bar, note, buttons };
};

const button = (text, action) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn ghost sm";
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
};

const isLater = (error) => error.status === 429 || error.status === 503;

const wordsOf = (state, entry, error) => {
  const { refused, words } = state.root.dataset;
  if (error.status === 400) return refused;
  return error.status === 413 ? entry.tooLarge : JSON.parse(words)[error.code] ?? error.message;
};

const fail = (state, entry, sentence, isAgain = !sentence) => {
  const { note, bar, buttons, item } = entry.row;
  bar.hidden = true;
  note.hidden = false;
  note.className = "err";
  note.textContent = sentence || state.root.dataset.failed;
  buttons.replaceChildren(
    ...(isAgain ? [button(state.root.dataset.retry, () => upload(state, entry, entry.address))] : []),
    button(state.root.dataset.remove, () => { item.remove(); state.kept = state.kept.filter((other) => other !== entry); }));
};

// Too many at once (429), or the database is away (503): the file waits here and is sent again, it is not dropped.
const sendPatiently = async (state, entry, address) => {
  const { bar, note, buttons } = entry.row;
  for (let tries = 1; ; tries++) {
    try {
      return await send("POST", `${address}?name=${encodeURIComponent(entry.name)}`, entry.blob, (part, request) => {
        bar.value = part;
        if (part === 0) buttons.replaceChildren(button(state.root.dataset.cancel, () => request.abort()));
      });
    } catch (error) {
      if (!isLater(error) || tries === mostTries) throw error;
      note.hidden = false;
      note.className = "muted";
      note.textContent = wordsOf(state, entry, error);
      await new Promise((again, given) => {
        setTimeout(again, error.wait * 1000 * (1 + Math.random() / 4));
        buttons.replaceChildren(button(state.root.dataset.cancel, () => given(new DOMException("", "AbortError"))));
      });
      note.hidden = true;
      note.className = "err";
    }
  }
};

const upload = async (state, entry, address) => {
  const { bar, note, item } = entry.row;
  entry.address = address;
  [bar.hidden, note.hidden, note.className] = [false, true, "err"];
  try {
    const added = await sendPatiently(state, entry, address);
    if (entry.small) await send("PUT", `${address}/${added.file.id}/thumbnail`, entry.small).catch(() => null);
    item.remove();
    return true;
  } catch (error) {
    if (error.name === "AbortError") item.remove();
    else fail(state, entry, wordsOf(state, entry, error), isLater(error) || !error.status);
    return error.name === "AbortError";
  }
};

const show = (state, entry) => {
  const { item, bar, buttons } = entry.row;
  bar.hidden = true;
  if (entry.small) {
    const picture = document.createElement("img");
    picture.src = URL.createObjectURL(entry.small);
    picture.alt = "";
    item.prepend(picture);
  }
  buttons.replaceChildren(button(state.root.dataset.remove, () => {
    item.remove();
    state.kept = state.kept.filter((other) => other !== entry);
  }));
};

const take = async (state, files) => {
  for (const file of files) {
    const entry = { row: row(state, file.name), name: file.name };
    Object.assign(entry, await prepare(file).catch(() => ({ blob: file, name: file.name, small: null })));
    const { max, maxMedia, tooLarge, mediaTooLarge } = state.root.dataset;
    entry.tooLarge = isMedia(file) ? mediaTooLarge : tooLarge;
    if (entry.blob.size > Number(isMedia(file) ? maxMedia : max)) fail(state, entry, entry.tooLarge);
    else if (state.address) await upload(state, entry, state.address);
    else {
      state.kept.push(entry);
      show(state, entry);
    }
  }
};

export const start = (root, address) => {
  if (!root) return;
  const known = states.get(root);
  if (known) {
    known.address = address;
    return;
  }
  const end = new AbortController();
  const state = { root, address, kept: [], list: root.querySelector("[data-uploads]"), end };
  states.set(root, state);
  const hint = root.querySelector("[data-drop]");
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: end.signal });
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  for (const input of root.querySelectorAll("input[type=file]")) {
    on(input, "change", () => {
      take(state, [...input.files]);
      input.value = "";
    });
  }
  on(document, "paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    take(state, files);
  });
  on(document, "dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    hint.hidden = false;
  });
  on(document, "dragleave", (event) => {
    if (!event.relatedTarget) hint.hidden = true;
  });
  on(document, "drop", (event) => {
    hint.hidden = true;
    if (!hasFiles(event)) return;
    event.preventDefault();
    take(state, [...event.dataTransfer.files]);
  });
};

export const sendKept = async (root, address) => {
  const state = states.get(root);
  let failed = 0;
  for (const entry of state?.kept ?? []) failed += (await upload(state, entry, address)) ? 0 : 1;
  if (state) state.kept = [];
  return failed;
};

export const stop = (root) => {
  states.get(root)?.end.abort();
  states.delete(root);
};
