/* The projector driven from its own keyboard (mirrored screen): Space or → presses the step's button (the
   digits are direct.js's), A shows the ranks by themselves, P is full screen, C goes to the control page. */
(function () {
  "use strict";

  const PACE = 3500; // ms between two ranks, when they follow by themselves
  let auto = null;

  const first = (selector) => document.querySelector(selector);

  function press() {
    const form = first("[data-principal]");
    if (form) form.requestSubmit(form.querySelector("button"));
  }

  function stop() {
    clearInterval(auto);
    auto = null;
  }

  function toggleAuto() {
    if (auto) { stop(); return; }
    auto = setInterval(() => (first("[data-auto]") ? press() : stop()), PACE);
    press();
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(() => {});
  }

  const KEYS = new Map([
    [" ", press], ["ArrowRight", press], ["PageDown", press],
    ["a", () => first("[data-auto]") && toggleAuto()], ["p", fullScreen],
    ["c", () => first("#conduite") && first("#conduite").click()],
  ]);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const act = KEYS.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (!act || (event.key === " " && event.target.closest("a, button"))) return;
    event.preventDefault();
    act();
  });

  const tell = () => document.querySelectorAll("[data-touches]").forEach((part) => (part.hidden = false));
  document.addEventListener("direct:maj", tell);
  tell();
})();
