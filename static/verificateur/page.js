/* The public page of a draw: fetches the three published files, redoes the draw on this device, says what
   it found. Also keeps the fingerprint that a witness confirmed, so that this device refuses another one.

   <div data-verificateur data-registre="URL" data-protocole="URL" data-resultat="URL" data-empreinte="hex">
     <button type="button" hidden>Vérifier sur ce téléphone</button> <div role="status"></div>
   </div> */
(function (root) {
  "use strict";

  const V = root.Verificateur;
  const NAMES = ["registre", "protocole", "resultat"];
  const PATIENCE = 60000; // ms without an answer, after which the network is said to be lost
  const TOO_OLD =
    "Ce navigateur est trop ancien pour refaire le tirage. Essayez sur un autre appareil, ou avec le " +
    "vérificateur hors ligne.";

  // ---- Fingerprints kept by this device -------------------------------------------------------------

  const memory = new Map();
  const keyOf = (tirage) => "conseil-citoyen:empreinte:" + tirage;

  /** The fingerprint this device kept for a draw, or null. */
  function empreinteRetenue(tirage) {
    try {
      const kept = root.localStorage.getItem(keyOf(tirage));
      if (kept !== null) return kept;
    } catch (error) {
      // storage refused (private browsing, settings): what this page itself kept still counts
    }
    return memory.has(tirage) ? memory.get(tirage) : null;
  }

  /** Keeps a confirmed fingerprint. False, and nothing changed, if another was kept for this draw. */
  function retenirEmpreinte(tirage, hex) {
    const kept = empreinteRetenue(tirage);
    if (kept !== null) return kept === hex;
    memory.set(tirage, hex);
    try {
      root.localStorage.setItem(keyOf(tirage), hex);
    } catch (error) {
      // kept until the page closes: all that this browser allows
    }
    return true;
  }

  // ---- One verification -----------------------------------------------------------------------------

  class Panne extends Error {}

  function download(url, fichier) {
    const target = new URL(url, root.location.href);
    if (target.origin !== root.location.origin) {
      return Promise.reject(new Panne(fichier + " vient d’un autre site."));
    }
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    return fetch(target.href, { signal: abort.signal, credentials: "same-origin" })
      .then((answer) => {
        if (answer.ok) return answer.arrayBuffer();
        throw new Panne("Le site ne donne pas " + fichier + " (réponse " + answer.status + ").");
      })
      .catch((error) => {
        if (error instanceof Panne) throw error;
        throw new Panne("Le réseau a été perdu. Rien n’est perdu : ce qui est déjà reçu est gardé.");
      })
      .finally(() => clearTimeout(timer));
  }

  /** The refusal that a fingerprint calls for, or null. `wanted` are [code, expected or null]. */
  function otherFingerprint(wanted, found) {
    const broken = wanted.find((pair) => pair[1] !== null && pair[1] !== found);
    return broken && { controle: broken[0], raison: "autre", details: { annonce: broken[1], trouve: found } };
  }

  class Page {
    constructor(element) {
      this.element = element;
      this.button = element.querySelector("button");
      this.vue = V.creerVue(element, { appareil: "votre téléphone" });
      this.files = new Map();
      this.busy = false;
      this.button.hidden = false;
      this.button.addEventListener("click", () => this.start());
    }

    start() {
      if (this.busy) return;
      this.busy = true;
      this.button.setAttribute("aria-disabled", "true");
      this.vue.effacer();
      this.fetchAll()
        .then(() => this.check())
        .then(() => this.files.clear())
        .then(() => this.finish("Vérifier de nouveau"))
        .catch((error) => this.fail(error));
    }

    fetchAll() {
      this.vue.dire("Téléchargement des trois fichiers publiés…");
      const missing = NAMES.filter((name) => !this.files.has(name));
      const one = (name) =>
        download(this.element.getAttribute("data-" + name), V.phrases.FICHIERS.get(name))
          .then((bytes) => this.files.set(name, bytes));
      // waits for all of them, so that what arrived is kept whatever failed
      const settled = missing.map((name) => one(name).then(() => null, (error) => error));
      return Promise.all(settled).then((errors) => {
        const failed = errors.find((error) => error !== null);
        if (failed) throw failed;
      });
    }

    /** What is known before the files are checked: rehearsal or not, and the fingerprints to compare. */
    read() {
      const protocole = this.files.get("protocole");
      const announced = (this.element.getAttribute("data-empreinte") || "").trim().toLowerCase();
      const wanted = [["empreinte-annoncee", announced || null]];
      try {
        const said = V.lireProtocole(protocole);
        wanted.push(["empreinte-retenue", empreinteRetenue(said.tirage)]);
        return { wanted: wanted, repetition: said.repetition, found: said.empreinte };
      } catch (error) {
        if (!(error instanceof V.Refus)) throw error;
        return { wanted: wanted, repetition: false, found: V.sha256(protocole) };
      }
    }

    check() {
      const known = this.read();
      const extra = known.wanted.filter((pair) => pair[1] !== null).map((pair) => pair[0]);
      this.vue.commencer(extra.concat(V.CONTROLES), known.repetition);
      const refused = otherFingerprint(known.wanted, known.found);
      if (refused) return this.vue.refuser(refused);
      const files = NAMES.map((name) => this.files.get(name));
      return V.verifierEnFond(files[0], files[1], files[2], (step) => this.vue.etape(step))
        .then((report) => (report.verifie ? this.vue.reussir(report) : this.vue.refuser(report)));
    }

    finish(label) {
      this.busy = false;
      this.button.removeAttribute("aria-disabled");
      this.button.textContent = label;
    }

    fail(error) {
      this.vue.panne(error instanceof Panne ? error.message : V.phrases.INACHEVE);
      this.finish("Réessayer");
    }
  }

  function enhance(element) {
    if (V) return new Page(element);
    element.querySelector("[role=status]").textContent = TOO_OLD;
    return null;
  }

  if (V) Object.assign(V, { empreinteRetenue: empreinteRetenue, retenirEmpreinte: retenirEmpreinte });
  document.querySelectorAll("[data-verificateur]").forEach(enhance);
})(self);
