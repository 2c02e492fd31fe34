/* What the verifier's codes mean, in plain French: the only table of sentences about checks and refusals. */
(function (root) {
  "use strict";

  const TEMOINS = "prévenez les témoins du tirage, en gardant les trois fichiers tels quels.";
  const REFUSER = "Ce résultat ne peut pas être accepté : " + TEMOINS;

  /* Each check: its short name, what is true when it passes, what a refusal means, what to do then. */
  const CONTROLES = new Map([
    ["empreinte-annoncee", {
      nom: "protocole annoncé",
      ok: "Le protocole est celui qui a été annoncé avant les dés.",
      non: "Le protocole n’est pas celui qui a été annoncé.",
      faire: "Comparez l’empreinte avec celle du procès-verbal ou de l’affiche. Si elle diffère, " + TEMOINS,
    }],
    ["empreinte-retenue", {
      nom: "protocole retenu",
      ok: "Le protocole est celui que ce téléphone a retenu.",
      non: "Le protocole n’est pas celui que ce téléphone a confirmé et retenu.",
      faire: "Le protocole a été remplacé après votre confirmation. " + REFUSER,
    }],
    ["forme", {
      nom: "écriture des fichiers",
      ok: "Les fichiers sont écrits comme la méthode le demande.",
      non: "Un fichier n’est pas écrit comme la méthode le demande.",
      faire: "Téléchargez de nouveau les fichiers, sans les ouvrir dans un autre logiciel. " +
        "Si le refus revient, " + TEMOINS,
    }],
    ["empreinte-protocole", {
      nom: "protocole du résultat",
      ok: "Le résultat vient bien de ce protocole.",
      non: "Le résultat vient d’un autre protocole que celui-ci.",
      faire: "Vérifiez que les trois fichiers sont ceux du même tirage. S’ils le sont, le protocole a été " +
        "changé après coup : " + TEMOINS,
    }],
    ["empreinte-registre", {
      nom: "liste des numéros",
      ok: "La liste des numéros est celle que le protocole a fermée.",
      non: "La liste des numéros n’est pas celle que le protocole a fermée.",
      faire: "Téléchargez de nouveau registre.csv, sans l’ouvrir dans un tableur : il le modifierait. " +
        "Si le refus revient, la liste a été changée : " + TEMOINS,
    }],
    ["registre", {
      nom: "lignes de la liste",
      ok: "Chaque ligne de la liste est en ordre : un numéro par personne, sans doublon.",
      non: "La liste des numéros n’est pas en ordre.",
      faire: "Le tirage n’aurait pas dû partir de cette liste. " + REFUSER,
    }],
    ["effectifs", {
      nom: "nombre de personnes",
      ok: "Le nombre de personnes de chaque groupe est juste.",
      non: "Le nombre de personnes d’un groupe est faux.",
      faire: "Les chances annoncées sont donc fausses. " + REFUSER,
    }],
    ["table", {
      nom: "table des répartitions",
      ok: "Chaque façon de partager les places respecte les règles annoncées.",
      non: "Une façon de partager les places ne respecte pas les règles annoncées.",
      faire: REFUSER,
    }],
    ["certificat", {
      nom: "preuve d’équité",
      ok: "La preuve d’équité publiée, s’il y en a une, est juste.",
      non: "La preuve d’équité publiée est fausse.",
      faire: "Rien ne prouve que le tirage donne à chacun la meilleure chance possible. " + REFUSER,
    }],
    ["des", {
      nom: "dés",
      ok: "Le nombre de dés est celui qui était prévu.",
      non: "Les dés ne sont pas ceux qui étaient prévus.",
      faire: "Comparez les chiffres avec ceux que vous avez vus ou avec le procès-verbal. " + REFUSER,
    }],
    ["composition", {
      nom: "ligne de la table",
      ok: "Les premiers dés désignent bien la ligne de la table annoncée.",
      non: "Les premiers dés désignent une autre ligne de la table.",
      faire: REFUSER,
    }],
    ["foyer_exception", {
      nom: "une personne par foyer",
      ok: "La règle d’une personne par foyer a été appliquée comme le résultat le dit.",
      non: "La règle d’une personne par foyer n’a pas été appliquée comme le résultat le dit.",
      faire: REFUSER,
    }],
    ["liste", {
      nom: "liste tirée",
      ok: "La liste refaite est la même : mêmes numéros, même ordre, mêmes tickets.",
      non: "La liste refaite n’est pas la même que la liste publiée.",
      faire: "Les dés publiés ne donnent pas cette liste. " + REFUSER,
    }],
  ]);

  /* The reason of a refusal, « check/reason ». {…} are its details. */
  const RAISONS = new Map([
    ["empreinte-annoncee/autre", "Annoncée : {annonce}. Trouvée : {trouve}."],
    ["empreinte-retenue/autre", "Retenue : {annonce}. Trouvée : {trouve}."],
    ["forme/utf8", "{fichier} n’est pas un texte UTF-8."],
    ["forme/bom", "{fichier} commence par une marque invisible (BOM) qu’un logiciel a ajoutée."],
    ["forme/json", "{fichier}, ligne {ligne}, colonne {colonne} : ce n’est pas du JSON correct."],
    ["forme/nombre",
      "{fichier}, ligne {ligne}, colonne {colonne} : un nombre n’est pas un entier permis."],
    ["forme/profondeur", "{fichier}, ligne {ligne}, colonne {colonne} : trop de niveaux imbriqués."],
    ["forme/cle-double",
      "{fichier}, ligne {ligne}, colonne {colonne} : le champ « {champ} » est écrit deux fois."],
    ["forme/objet", "{fichier} ne contient pas d’objet JSON."],
    ["forme/caractere", "{fichier} : le texte « {champ} » contient un caractère interdit."],
    ["forme/canonique", "{fichier} n’est pas écrit sous la forme unique que la méthode impose."],
    ["forme/champ", "{fichier} : le champ « {champ} » manque ou n’a pas la bonne forme."],
    ["forme/cle-de-trop", "{fichier} : le champ « {champ} » est en trop."],
    ["empreinte-protocole/autre-protocole",
      "Le résultat nomme {annonce} ; ce protocole a pour empreinte {trouve}."],
    ["empreinte-registre/autre-registre",
      "Le protocole annonce {annonce} ; ce registre a pour empreinte {trouve}."],
    ["registre/bom", "{fichier} commence par une marque invisible (BOM) qu’un logiciel a ajoutée."],
    ["registre/fins-de-ligne", "{fichier} a des fins de ligne d’un autre système."],
    ["registre/fin-de-fichier", "{fichier} ne finit pas par une fin de ligne."],
    ["registre/entete", "{fichier}, ligne 1 : les titres des colonnes ne sont pas ceux du protocole."],
    ["registre/vide", "{fichier} ne contient personne."],
    ["registre/champs", "{fichier}, ligne {ligne} : il manque ou il y a en trop une colonne."],
    ["registre/numero",
      "{fichier}, ligne {ligne} : le numéro n’est pas fait de chiffres, ou n’a pas la longueur des autres."],
    ["registre/ordre", "{fichier}, ligne {ligne} : le numéro n’est pas plus grand que celui d’avant."],
    ["registre/utf8", "{fichier}, ligne {ligne} : un mot n’est pas du texte UTF-8."],
    ["registre/foyer",
      "{fichier}, ligne {ligne} : le code du foyer contient un signe qui n’est pas permis."],
    ["registre/valeur",
      "{fichier}, ligne {ligne} : une case est vide ou contient un signe qui n’est pas permis."],
    ["effectifs/nombre", "Groupe concerné : « {groupe} »."],
    ["table/repetitions", "Ligne {entree} de la table : son nombre de répétitions n’est pas positif."],
    ["table/double", "Ligne {entree} de la table : elle répète une autre ligne."],
    ["table/ordre", "Ligne {entree} de la table : elle n’est pas à sa place."],
    ["table/entree", "Ligne {entree} de la table : un nombre de places n’est pas positif."],
    ["table/groupe", "Ligne {entree} de la table : un groupe n’existe pas dans la liste."],
    ["table/effectif", "Ligne {entree} de la table : un groupe y a plus de places que de personnes."],
    ["table/somme", "Ligne {entree} de la table : le total des places n’est pas le bon."],
    ["table/quota",
      "Ligne {entree} de la table : le nombre de places pour {critere} « {valeur} » sort des limites."],
    ["table/lignes", "La table ne compte pas le nombre de lignes annoncé."],
    ["table/impossible", "La ligne désignée ne peut pas être remplie."],
    ["certificat/groupe", "Elle parle d’un groupe qui n’existe pas dans la liste."],
    ["certificat/quota", "Elle parle d’une limite qui n’a pas été fixée."],
    ["certificat/inegalite", "Elle échoue pour le groupe « {groupe} »."],
    ["certificat/nul", "Elle ne prouve rien : ses poids sont tous nuls."],
    ["des/trop-peu", "Le protocole prévoit {nombre} dés ; il en faut au moins {minimum}."],
    ["des/chiffres", "Un signe n’est pas un chiffre de 0 à 9."],
    ["des/nombre", "Il y a {nombre} chiffres ; le protocole en prévoit {attendu}."],
    ["composition/autre-ligne", "Ligne publiée : {annonce}. Ligne désignée par les dés : {trouve}."],
    ["foyer_exception/non-dite",
      "Il a fallu prendre deux personnes d’un même foyer, et le résultat ne le dit pas."],
    ["foyer_exception/inutile", "Le résultat annonce une exception qui n’a pas eu lieu."],
    ["liste/longueur", "Elle compte {nombre} personnes ; le tirage en donne {attendu}."],
    ["liste/rang", "Au rang {rang}, le résultat publié écrit le rang {trouve}."],
    ["liste/numero",
      "Au rang {rang}, le résultat publié nomme le numéro {trouve} ; les dés donnent {attendu}."],
    ["liste/ticket", "Au rang {rang}, le ticket publié est {trouve} ; le calcul donne {attendu}."],
  ]);

  const FICHIERS = new Map([
    ["registre", "registre.csv"], ["protocole", "protocole.json"], ["resultat", "resultat.json"],
  ]);

  const INACHEVE =
    "Cet appareil n’a pas pu aller au bout du calcul. Cela ne dit rien du tirage : essayez sur un autre " +
    "appareil.";

  /** The sentence for a refusal's reason, or "" if this table does not know it. */
  function raison(refus) {
    const details = new Map(Object.entries(refus.details || {}));
    if (details.has("fichier")) details.set("fichier", FICHIERS.get(details.get("fichier")));
    const sentence = RAISONS.get(refus.controle + "/" + refus.raison) || "";
    return sentence.replace(/\{([a-z]+)\}/g, (whole, name) => String(details.get(name)).slice(0, 80));
  }

  root.Verificateur.phrases = {
    controle: (code) => CONTROLES.get(code), raison: raison, FICHIERS: FICHIERS, INACHEVE: INACHEVE,
  };
})(self);
