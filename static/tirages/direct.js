/* Follows a ceremony: asks every second and a half whether anything changed, and shows the new state without
   a reload. Forms marked data-envoi are sent the same way. A lost network is said, and tried again for ever:
   nothing of what a person typed is lost. Without this script every page still works by reloading.

   <main data-direct data-etat="URL" data-version="mark" data-etape="step">…</main>
   <p data-reseau role="status" hidden></p>

   Fires « direct:maj » on the document after each change. */
(function () {
  "use strict";

  const DELAY = 1500, PATIENCE = 8000; // ms
  const root = document.querySelector("[data-direct]");
  const network = document.querySelector("[data-reseau]");
  if (!root || typeof fetch !== "function") return;
  let sending = false;

  function ask(url, options) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    const given = Object.assign({ credentials: "same-origin", signal: abort.signal }, options);
    return fetch(url, given).finally(() => clearTimeout(timer));
  }

  function say(text) {
    if (!network) return;
    if (network.textContent !== text) network.textContent = text;
    network.hidden = !text;
  }

  // ---- Showing a new state ---------------------------------------------------------------------------

  /** What the person is typing, by the field's id, and where the cursor is. */
  function typed() {
    const kept = new Map();
    root.querySelectorAll("input[id], textarea[id], select[id]").forEach((field) => {
      const changed = field.tagName === "SELECT" ? field.selectedIndex > 0 : field.value !== field.defaultValue;
      if (changed) kept.set(field.id, field.value);
    });
    const opened = Array.from(root.querySelectorAll("details[id]")).filter((part) => part.open).map((part) => part.id);
    const active = root.contains(document.activeElement) ? document.activeElement.id : "";
    return { kept: kept, opened: opened, active: active };
  }

  function restore(before) {
    const find = (id) => Array.from(root.querySelectorAll("[id]")).find((part) => part.id === id);
    before.kept.forEach((value, id) => { const field = find(id); if (field) field.value = value; });
    before.opened.forEach((id) => { const part = find(id); if (part) part.open = true; });
    const active = before.active && find(before.active);
    if (active) active.focus({ preventScroll: true });
  }

  function show(html, keep) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("[data-direct]");
    if (!fresh) { location.reload(); return; } // signed out, or another page: let the browser show it
    const before = keep ? typed() : { kept: new Map(), opened: [], active: "" };
    root.innerHTML = fresh.innerHTML;
    ["data-version", "data-etape"].forEach((name) => root.setAttribute(name, fresh.getAttribute(name) || ""));
    document.title = page.title;
    restore(before);
    document.dispatchEvent(new CustomEvent("direct:maj"));
  }

  // ---- Asking whether anything changed ---------------------------------------------------------------

  function refresh() {
    return ask(location.href).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    }).then((html) => show(html, true));
  }

  function look() {
    if (sending) return Promise.resolve();
    const headers = { "If-None-Match": '"' + root.getAttribute("data-version") + '"' };
    return ask(root.getAttribute("data-etat"), { headers: headers, cache: "no-store" }).then((answer) => {
      if (answer.status === 304) return null;
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then((state) => {
      if (state && !sending && state.version !== root.getAttribute("data-version")) return refresh();
      return null;
    }).then(() => say(""), () => say("Réseau perdu. On réessaie sans cesse : rien n’est perdu."));
  }

  function follow() {
    look().then(() => setTimeout(follow, DELAY));
  }

  // ---- Dice from the keyboard ------------------------------------------------------------------------

  const waiting = []; // digits typed faster than they are sent

  function free() {
    sending = false;
    root.removeAttribute("aria-busy");
  }

  function next() {
    const form = root.querySelector("[data-chiffres]");
    if (!form) waiting.length = 0;
    if (sending || !waiting.length) return;
    const button = form.querySelector('button[value="' + waiting.shift() + '"]');
    send(form, button);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !/^[0-9]$/.test(event.key)) return;
    if (event.target.closest("input, textarea, select") || !root.querySelector("[data-chiffres]")) return;
    event.preventDefault();
    waiting.push(event.key);
    next();
  });

  // ---- Sending a form --------------------------------------------------------------------------------

  function send(form, button) {
    if (sending) return;
    sending = true;
    root.setAttribute("aria-busy", "true");
    const data = new URLSearchParams(new FormData(form));
    if (button && button.name) data.append(button.name, button.value);
    ask(form.action, { method: "POST", body: data }).then((answer) => answer.text().then((html) => {
      free();
      say("");
      if (!answer.ok) waiting.length = 0;
      show(html, !answer.ok);
      next();
    })).catch(() => {
      free();
      waiting.length = 0;
      say("Réseau perdu : rien n’a été envoyé, ou la réponse s’est perdue. Vous pouvez appuyer de nouveau sans risque.");
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.hasAttribute("data-envoi")) return;
    event.preventDefault();
    send(form, event.submitter);
  });

  window.addEventListener("online", () => look());
  setTimeout(follow, DELAY);
  document.dispatchEvent(new CustomEvent("direct:maj"));
})();
