"use strict";
// Follows a reading under way, and shows the page again once it is over. Without it, the page refreshes itself.
(() => {
  const etapes = { lecture: "Lecture des lignes", doublons: "Recherche des doublons", foyers: "Réunion des foyers" };
  const bloc = document.querySelector("[data-suivi]");
  if (!bloc) return;
  const barre = bloc.querySelector("progress");
  const etape = bloc.querySelector("[data-etape]");
  async function demander() {
    try {
      const reponse = await fetch(bloc.dataset.suivi, { headers: { Accept: "application/json" } });
      if (!reponse.ok) throw new Error(reponse.status);
      const etat = await reponse.json();
      if (etat.fini) return location.reload();
      if (etapes[etat.etape]) etape.textContent = etapes[etat.etape];
      if (etat.total) barre.value = Math.min(99, (100 * etat.fait) / etat.total);
      setTimeout(demander, 700);
    } catch {
      setTimeout(demander, 4000);
    }
  }
  setTimeout(demander, 300);
})();
