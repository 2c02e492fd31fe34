/* The phone of a witness, or of anyone in the room: works the fingerprint out by itself from the published
   protocol, keeps it, refuses another one loudly, and redoes the draw as soon as the dice are confirmed.

   <main data-direct …> … <div data-empreinte="hex" data-tirage="id"> … </main>
   <section data-refaire data-registre="URL" data-protocole="URL" data-resultat="URL">
     <div role="status"></div><p data-sans-script>…</p></section> */
(function (root) {
  "use strict";

  const V = root.Verificateur, RETRY = 3000; // ms
  const page = document.querySelector("[data-direct]"), again = document.querySelector("[data-refaire]");
  if (!V || !page || !again) return;
  const status = again.querySelector("[role=status]");
  const files = new Map();
  let done = false, busy = false;

  const step = () => page.getAttribute("data-etape");
  const told = () => document.querySelector("[data-empreinte]");

  function say(text, kind) {
    if (status.textContent !== text) status.textContent = text;
    again.setAttribute("data-verdict", kind);
    again.hidden = !text;
  }

  /** A public file's bytes, asked again until they come: a lost network only costs time. */
  function get(name) {
    if (files.has(name)) return Promise.resolve(files.get(name));
    return fetch(again.getAttribute("data-" + name), { credentials: "same-origin" })
      .then((answer) => { if (!answer.ok) throw new Error(name); return answer.arrayBuffer(); })
      .then((bytes) => { files.set(name, bytes); return bytes; })
      .catch(() => {
        say("Le réseau manque : votre téléphone réessaie. Rien n’est perdu.", "attente");
        return new Promise((resolve) => setTimeout(resolve, RETRY)).then(() => get(name));
      });
  }

  // ---- The fingerprint -------------------------------------------------------------------------------

  /** Why this phone refuses what the page says, or null. `own` is what it worked out from the protocol. */
  function against(own) {
    const shown = told().getAttribute("data-empreinte"), kept = V.empreinteRetenue(told().getAttribute("data-tirage"));
    if (kept !== null && kept !== shown) {
      return "REFUSÉ. Votre téléphone avait gardé une autre empreinte pour ce tirage. Arrêtez tout, et dites-le à voix haute.";
    }
    if (own !== null && own !== shown) {
      return "REFUSÉ. L’empreinte affichée n’est pas celle du protocole publié. Arrêtez tout, et dites-le à voix haute.";
    }
    return null;
  }

  function stop(reason) {
    say(reason, "refus");
    document.querySelectorAll("[data-confirmer]").forEach((form) => { form.hidden = true; });
  }

  function ownFingerprint() {
    return get("protocole").then((bytes) => {
      try { return V.empreinte(bytes); } catch (error) { return V.sha256(bytes); }
    });
  }

  function compare() {
    if (!told()) return Promise.resolve(null);
    const early = against(null);
    if (early) { stop(early); return Promise.resolve(early); }
    return ownFingerprint().then((own) => {
      const late = told() ? against(own) : null;
      if (late) stop(late);
      else {
        document.querySelectorAll("[data-calcul]").forEach((part) => { part.hidden = false; });
        const kept = told() && V.empreinteRetenue(told().getAttribute("data-tirage")) !== null;
        document.querySelectorAll("[data-gardee]").forEach((part) => { part.hidden = !kept; });
        document.querySelectorAll("[data-garder]").forEach((part) => { part.hidden = kept; });
        // What the witness confirmed on the server, this phone keeps as well.
        if (told() && told().hasAttribute("data-retenir")) keep();
      }
      return late;
    });
  }

  function keep() {
    const kept = V.retenirEmpreinte(told().getAttribute("data-tirage"), told().getAttribute("data-empreinte"));
    if (!kept) stop(against(null));
    return kept;
  }

  // ---- The draw, again -------------------------------------------------------------------------------

  function conclude(report) {
    const dice = (document.querySelector("[data-des]") || again).getAttribute("data-des");
    const rehearsal = report.repetition ? "RÉPÉTITION, ce tirage ne compte pas. " : "";
    done = true;
    if (!report.verifie) say("REFUSÉ. " + V.phrases.controle(report.controle).non, "refus");
    else if (dice && dice !== report.des) say("REFUSÉ. Ces dés ne sont pas ceux que vous avez confirmés.", "refus");
    else say(rehearsal + "Votre téléphone a refait le tirage : même liste.", "ok");
  }

  function redo() {
    if (done || busy || (step() !== "revelation" && step() !== "fini")) return;
    busy = true;
    say("Votre téléphone refait le tirage…", "attente");
    Promise.all([get("registre"), get("protocole"), get("resultat")])
      .then((all) => compare().then((refused) => (refused ? null : V.verifierEnFond(all[0], all[1], all[2]))))
      .then((report) => { if (report) conclude(report); else done = true; })
      .catch(() => say("Ce téléphone n’a pas pu finir le calcul. Cela ne dit rien du tirage : essayez sur un autre.", "attente"))
      .finally(() => { busy = false; });
  }

  function update() {
    if (told()) compare().then(() => { if (status.textContent.startsWith("Le réseau manque")) say("", "attente"); });
    redo();
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("data-confirmer")) return;
    const refused = against(null);
    if (refused || !keep()) { event.preventDefault(); stop(refused || against(null)); }
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-garder]") && !against(null) && keep()) compare();
  });
  document.addEventListener("direct:maj", update);
  update();
})(self);
