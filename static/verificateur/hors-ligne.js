/* The offline file: takes the three published files from pickers or a drop, in any order, and verifies
   them. */
(function (root) {
  "use strict";

  const V = root.Verificateur;
  const NAMES = ["registre", "protocole", "resultat"];
  const FICHIERS = V.phrases.FICHIERS;
  const kept = new Map();
  const element = document.querySelector("[data-hors-ligne]");
  const vue = V.creerVue(element, { appareil: "votre appareil" });
  const verify = document.getElementById("verifier");
  const restart = document.getElementById("recommencer");
  let busy = false;

  /** Which of the three a file is, by its content even when damaged, else by its name; or null. */
  function recognise(bytes, filename) {
    const start = new TextDecoder().decode(bytes.subarray(0, 4096)); // drops a BOM, never throws
    if (/^"?numero"?[;,\t]/.test(start)) return "registre";
    const text = /^\s*\{/.test(start) ? new TextDecoder().decode(bytes) : "";
    if (text.includes('"registre_sha256"')) return "protocole";
    if (text.includes('"protocole_sha256"')) return "resultat";
    return NAMES.find((name) => filename.toLowerCase().includes(name)) || null;
  }

  function read(file) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(new Uint8Array(reader.result));
      reader.onerror = () => reject(reader.error);
      reader.readAsArrayBuffer(file);
    });
  }

  function show(name) {
    const file = kept.get(name);
    const label = document.querySelector('[data-fichier="' + name + '"]');
    label.setAttribute("data-etat", file ? "ok" : "attente");
    label.textContent = file
      ? "✓ reçu : " + file.name + " (" + file.bytes.length.toLocaleString("fr") + " octets)"
      : "pas encore choisi";
  }

  function missing() {
    return NAMES.filter((name) => !kept.has(name)).map((name) => FICHIERS.get(name));
  }

  function sayWhatIsMissing() {
    const names = missing();
    if (names.length) vue.dire("Il manque encore : " + names.join(", ") + ".");
    else vue.dire("Les trois fichiers sont là. Touchez « Vérifier sur cet appareil ».");
  }

  /** `slot` is the picker used: it settles a single file that nothing else tells apart. */
  function take(files, slot) {
    vue.effacer();
    const one = (file) => read(file).then((bytes) => {
      const name = recognise(bytes, file.name) || (files.length === 1 ? slot : null);
      if (name === null) return file.name;
      kept.set(name, { name: file.name, bytes: bytes });
      return null;
    }, () => file.name);
    return Promise.all(files.map(one)).then((unknown) => {
      NAMES.forEach(show);
      const strangers = unknown.filter((name) => name !== null);
      if (!strangers.length) return sayWhatIsMissing();
      const said = "Ce fichier n’est aucun des trois attendus, ou n’a pas pu être lu : ";
      return vue.dire(said + strangers.join(", ") + ".");
    });
  }

  function rehearsal() {
    try {
      return V.lireProtocole(kept.get("protocole").bytes).repetition;
    } catch (error) {
      return false; // a malformed protocol: the first check will say so
    }
  }

  function start() {
    if (busy) return;
    if (missing().length) {
      vue.effacer();
      sayWhatIsMissing();
      return;
    }
    busy = true;
    verify.setAttribute("aria-disabled", "true");
    vue.commencer(V.CONTROLES, rehearsal());
    const files = NAMES.map((name) => kept.get(name).bytes);
    V.verifierEnFond(files[0], files[1], files[2], (step) => vue.etape(step))
      .then((report) => (report.verifie ? vue.reussir(report) : vue.refuser(report)))
      .catch(() => vue.panne(V.phrases.INACHEVE))
      .then(() => {
        busy = false;
        verify.removeAttribute("aria-disabled");
        document.body.setAttribute("data-fini", "");
      });
  }

  function clear() {
    if (busy) return;
    kept.clear();
    NAMES.forEach(show);
    vue.effacer();
    document.body.removeAttribute("data-fini");
    document.getElementById("choisir-registre").focus();
  }

  NAMES.forEach((name) => {
    const picker = document.getElementById("choisir-" + name);
    picker.addEventListener("change", () => {
      const files = Array.from(picker.files);
      picker.value = ""; // so that choosing the same file again, once corrected, is noticed
      if (files.length) take(files, name);
    });
    show(name);
  });
  verify.addEventListener("click", start);
  restart.addEventListener("click", clear);
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!busy && event.dataTransfer) take(Array.from(event.dataTransfer.files), null);
  });
})(self);
