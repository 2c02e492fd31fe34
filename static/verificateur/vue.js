/* Shows a verification: the checks one by one, then what was found. Shared by the public page and the
   offline file. Everything is set as text, never as markup: the files may hold anything. */
(function (root) {
  "use strict";

  const V = root.Verificateur;
  const ETATS = new Map([
    ["attente", ["·", "à faire"]], ["encours", ["…", "en cours"]], ["ok", ["✓", "réussi"]],
    ["refus", ["✗", "refusé"]], ["omis", ["–", "pas fait"]],
  ]);

  function node(name, options) {
    const made = document.createElement(name);
    const given = Object.assign({ children: [] }, options);
    if (given.class) made.className = given.class;
    if (given.text !== undefined) made.textContent = given.text;
    given.children.forEach((child) => made.appendChild(child));
    return made;
  }

  /** A sentence's no-break spaces: French punctuation never starts a line. */
  function french(text) {
    return text.replace(/ ([:;?!»%])/g, "\u00a0$1").replace(/« /g, "«\u00a0");
  }

  function paragraph(text, className) {
    return node("p", { text: french(text), class: className });
  }

  /** A table with a caption. Cells are strings; those of `code` columns are set in fixed width. */
  function table(caption, heads, rows, code) {
    const cell = (name, text, i) => {
      const made = node(name, { text: String(text), class: code && code.includes(i) ? "verif-code" : "" });
      if (name === "th") made.scope = "col";
      return made;
    };
    const line = (name) => (cells) => node("tr", { children: cells.map((text, i) => cell(name, text, i)) });
    const made = node("table", { class: "verif-table", children: [
      node("caption", { text: caption }),
      node("thead", { children: [line("th")(heads)] }),
      node("tbody", { children: rows.map(line("td")) }),
    ] });
    const scroller = node("div", { class: "verif-defile", children: [made] });
    scroller.tabIndex = 0; // what scrolls sideways must scroll from the keyboard too
    scroller.setAttribute("role", "region");
    scroller.setAttribute("aria-label", caption);
    return scroller;
  }

  /** « 361,13 » for a chance [num, den]: one in how many, rounded half up; null for no chance at all. */
  function unSur(chance, decimals) {
    const num = BigInt(chance[0]), den = BigInt(chance[1]), zero = BigInt(0), two = BigInt(2);
    if (num <= zero) return null;
    const scale = BigInt(Math.pow(10, decimals));
    const scaled = (two * den * scale + num) / (two * num);
    const whole = String(scaled / scale).replace(/\B(?=(\d{3})+$)/g, "\u202f");
    if (den % num === zero) return whole;
    return whole + "," + String(scaled % scale).padStart(decimals, "0");
  }

  function chanceText(chance) {
    const odds = unSur(chance, 2);
    return odds === null ? "aucune chance" : "1\u00a0chance sur\u00a0" + odds; // one place to break
  }

  function fairness(report) {
    const least = unSur(report.chance_minimale, 1);
    const worst = "Chance la plus faible : " + (least === null ? "aucune" : "1 sur " + least);
    if (report.borne === null) return worst + ".";
    const odds = unSur(report.borne, 1);
    const bound = odds === null ? "zéro" : "1 sur " + odds;
    return worst + " ; aucun tirage ne pourrait faire mieux que " + bound + ".";
  }

  function household(report) {
    const size = report.plus_grand_foyer;
    if (size === 1) return "Dans cette liste, aucun foyer ne compte plusieurs personnes.";
    const largest = "Le plus grand foyer compte " + size + " personnes.";
    if (!report.foyer_unique) return largest;
    const rule = report.foyer_exception
      ? "Les foyers différents n’ont pas suffi : il a fallu prendre plus d’une personne dans un même foyer."
      : "Une seule personne par foyer a été prise.";
    return largest + " " + rule + " Les chances ci-dessus sont exactes, à cette règle près.";
  }

  function odds(report) {
    const heads = [report.criteres.join(" · ") || "groupe", "personnes", "chance"];
    const group = (entry) => entry.valeurs.join(" · ") || "tout le monde";
    const row = (entry) => [group(entry), entry.residents.toLocaleString("fr"), chanceText(entry.chance)];
    return table("Les chances de chaque groupe", heads, report.chances.map(row));
  }

  function drawn(report, appareil) {
    const heads = ["rang", "numéro"].concat(report.criteres);
    const row = (person) => [person.rang, person.numero].concat(person.valeurs);
    return table("La liste refaite par " + appareil, heads, report.liste.map(row));
  }

  function fingerprint(hash) {
    const parts = hash.match(/.{8}/g).map((part) => node("span", { text: part }));
    return node("code", { class: "verif-empreinte", children: parts });
  }

  function sources(report) {
    if (!report.sources.length) return [];
    const item = (source) => node("li", { children: [
      paragraph(source.fichier + " : " + source.lignes.toLocaleString("fr") + " lignes, empreinte"),
      fingerprint(source.sha256),
    ] });
    const list = node("ul", { class: "verif-sources", children: report.sources.map(item) });
    return [node("h3", { text: "Les listes d’origine" }), list];
  }

  function byHand(report) {
    const first = report.liste[0];
    const message = ["conseil-1", report.protocole_sha256, report.des, "ticket", first.numero].join("|");
    const tickets = report.liste.map((person) => [person.numero, person.ticket]);
    return node("details", { class: "verif-details", children: [
      node("summary", { text: "Refaire un ticket à la main" }),
      paragraph("Dans un terminal, cette commande redonne le ticket du numéro " + first.numero + " :"),
      node("pre", { text: "printf '%s' '" + message + "' | sha256sum" }),
      paragraph("Elle doit afficher :"),
      node("pre", { text: first.ticket }),
      table("Les tickets de la liste", ["numéro", "ticket"], tickets, [1]),
    ] });
  }

  function outcome(report, appareil) {
    return [
      node("h3", { text: report.intitule }),
      paragraph("Empreinte du protocole, à comparer avec celle du procès-verbal :"),
      node("div", { children: [fingerprint(report.protocole_sha256)] }),
      paragraph("Dés : " + report.des + " (ligne " + report.composition + " de la table).", "verif-des"),
      drawn(report, appareil),
      odds(report),
      paragraph(fairness(report)),
      paragraph(household(report)),
    ].concat(sources(report), [byHand(report)]);
  }

  /** The parts of one verification inside `element`, which holds or receives a role=status region.
      options.appareil names the device in sentences (« votre téléphone »). */
  class Vue {
    constructor(element, options) {
      this.appareil = options.appareil;
      this.status = element.querySelector("[role=status]") || element.appendChild(node("div"));
      this.status.setAttribute("role", "status");
      this.why = element.appendChild(node("div", { class: "verif-pourquoi" }));
      this.steps = element.appendChild(node("ol", { class: "verif-controles" }));
      this.rest = element.appendChild(node("div", { class: "verif-suite" }));
      this.element = element;
      element.lang = "fr"; // these sentences are French, whatever the page around them speaks
      element.dir = "ltr";
      element.querySelectorAll("[data-sans-script]").forEach((part) => part.remove());
      this.effacer();
    }

    effacer() {
      this.rehearsal = false;
      this.items = new Map();
      [this.status, this.why, this.steps, this.rest].forEach((part) => (part.textContent = ""));
      this.steps.hidden = true;
      this.element.removeAttribute("data-etat");
    }

    /** Says one sentence in the live region; a rehearsal is said first, every time. */
    dire(text, className) {
      this.status.textContent = "";
      if (this.rehearsal) {
        this.status.appendChild(paragraph("RÉPÉTITION : ce tirage ne compte pas", "verif-repetition"));
      }
      this.status.appendChild(paragraph(text, className || "verif-statut"));
    }

    /** Lists the checks to come. */
    commencer(codes, rehearsal) {
      this.effacer();
      this.rehearsal = rehearsal;
      this.steps.hidden = false;
      for (const code of codes) {
        const item = this.steps.appendChild(node("li"));
        this.items.set(code, item);
        this.marquer(code, "attente");
      }
    }

    marquer(code, state, extra) {
      const item = this.items.get(code), said = V.phrases.controle(code), words = ETATS.get(state);
      item.textContent = "";
      item.setAttribute("data-etat", state);
      const sign = node("span", { text: words[0], class: "verif-signe" });
      sign.setAttribute("aria-hidden", "true");
      const name = state === "ok" ? said.ok : state === "refus" ? said.non : said.nom;
      const text = node("span", { text: french(name + " ") });
      const word = french("(" + words[1] + (extra || "") + ")");
      text.appendChild(node("span", { text: word, class: "verif-etat" }));
      item.appendChild(sign);
      item.appendChild(text);
    }

    /** A check has begun or goes on: those listed before it have passed. */
    etape(step) {
      const codes = Array.from(this.items.keys());
      const reached = codes.indexOf(step.controle);
      codes.slice(0, reached).forEach((code) => {
        if (this.items.get(code).getAttribute("data-etat") !== "ok") this.marquer(code, "ok");
      });
      const percent = step.total ? ", " + Math.floor((100 * step.fait) / step.total) + " %" : "";
      this.marquer(step.controle, "encours", percent);
      if (step.fait !== undefined) return;
      const name = V.phrases.controle(step.controle).nom;
      this.dire("Contrôle " + (reached + 1) + " sur " + codes.length + " : " + name + "…");
    }

    reussir(report) {
      for (const code of this.items.keys()) this.marquer(code, "ok");
      this.rehearsal = report.repetition;
      this.element.setAttribute("data-etat", "ok");
      const device = this.appareil.charAt(0).toUpperCase() + this.appareil.slice(1);
      this.dire(device + " a refait le tirage : même liste.", "verif-verdict");
      outcome(report, this.appareil).forEach((part) => this.rest.appendChild(part));
    }

    /** A refusal { controle, raison, details }: which check, what it means, what to do. */
    refuser(refus) {
      let state = "ok";
      for (const code of this.items.keys()) {
        if (code === refus.controle) this.marquer(code, "refus");
        else this.marquer(code, state);
        if (code === refus.controle) state = "omis";
      }
      const said = V.phrases.controle(refus.controle);
      this.element.setAttribute("data-etat", "refus");
      this.dire("Refusé. " + said.non, "verif-verdict");
      this.why.appendChild(paragraph("Contrôle : " + refus.controle + " (" + said.nom + ")."));
      const reason = V.phrases.raison(refus);
      if (reason) this.why.appendChild(paragraph(reason, "verif-raison"));
      this.why.appendChild(paragraph("Que faire ? " + said.faire));
    }

    /** Something other than the files went wrong (network, memory): nothing is known about the draw. */
    panne(text) {
      const rehearsal = this.rehearsal;
      this.effacer();
      this.rehearsal = rehearsal;
      this.element.setAttribute("data-etat", "panne");
      this.dire(text, "verif-verdict");
    }
  }

  V.creerVue = (element, options) => new Vue(element, options);
  V.unSur = unSur;
})(self);
