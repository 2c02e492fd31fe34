"use strict";
// Names the files chosen, and lets them be dropped on the form. Without it, the ordinary file button does all.
(() => {
  const depot = document.querySelector("[data-depot]");
  if (!depot) return;
  const champ = depot.querySelector("input[type=file]");
  const choisis = depot.querySelector("[data-choisis]");
  const limite = 64 * 1024 * 1024;
  depot.querySelector("[data-glisser]").hidden = false;
  function montrer() {
    const fichiers = [...champ.files];
    const poids = fichiers.reduce((somme, fichier) => somme + fichier.size, 0);
    const lignes = fichiers.map((f) => `${f.name} (${Math.max(1, Math.round(f.size / 1024)).toLocaleString("fr")} Ko)`);
    if (poids > limite) lignes.push("Ensemble, ils dépassent 64 Mo : envoyez-les en plusieurs fois.");
    choisis.replaceChildren(...lignes.map((texte) => Object.assign(document.createElement("li"), { textContent: texte })));
  }
  champ.addEventListener("change", montrer);
  for (const nom of ["dragenter", "dragover"]) {
    depot.addEventListener(nom, (evenement) => {
      evenement.preventDefault();
      depot.classList.add("survol");
    });
  }
  depot.addEventListener("dragleave", () => depot.classList.remove("survol"));
  depot.addEventListener("drop", (evenement) => {
    evenement.preventDefault();
    depot.classList.remove("survol");
    if (!evenement.dataTransfer.files.length) return;
    champ.files = evenement.dataTransfer.files;
    montrer();
  });
})();
