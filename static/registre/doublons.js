"use strict";
// One key per answer: M, D, and A to take back. The buttons do the same; keys can be switched off on the page.
(() => {
  const aide = document.querySelector("[data-clavier]");
  const muet = document.querySelector("[data-muet]");
  aide.hidden = false;
  muet.checked = localStorage.getItem("doublons-sans-touches") === "1";
  muet.addEventListener("change", () => localStorage.setItem("doublons-sans-touches", muet.checked ? "1" : "0"));
  document.addEventListener("keydown", (evenement) => {
    if (muet.checked || evenement.repeat || evenement.ctrlKey || evenement.metaKey || evenement.altKey) return;
    if (evenement.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const bouton = document.querySelector(`button[data-touche="${CSS.escape(evenement.key.toLowerCase())}"]`);
    if (!bouton || bouton.disabled) return;
    evenement.preventDefault();
    bouton.click();
    bouton.disabled = true;
  });
})();
