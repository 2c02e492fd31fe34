/* The in-browser verifier of the draw method « conseil-1 ».

   It shares nothing with the server's own verifier: its SHA-256, its JSON reader and writer, its
   arithmetic and its draw are all below, so that agreement between the two means something. It reads
   bytes, never trusts an object's prototype (Map only), and needs no secure context, so it runs on a
   plain-HTTP page and in a file opened without network. The long parts are generators: a worker, a page
   and a test run the very same code, each at its own pace.

   One file on purpose, sections in the order they are needed: what is read by an auditor, loaded by the
   worker and inlined in the offline copy is then exactly the same text. */
(function (root) {
  "use strict";

  const METHODE = "conseil-1";
  const CONTROLES = [
    "forme", "empreinte-protocole", "empreinte-registre", "registre", "effectifs", "table", "certificat",
    "des", "composition", "foyer_exception", "liste",
  ];
  const ROW_DIGITS = new Map([[10000, 4], [100000, 5], [1000000, 6]]);
  const VALUE = /^[0-9A-Za-z\u00C0-\u024F\u1E00-\u1EFF'\u2019+./ -]{1,60}$/;
  const HEX64 = /^[0-9a-f]{64}$/;
  const LF = 10, CR = 13, SEMICOLON = 59;

  /** A file that fails a check: which check, why (a code), and where (details for the French table). */
  class Refus extends Error {
    constructor(controle, raison, details) {
      super(controle + " : " + raison);
      this.controle = controle;
      this.raison = raison;
      this.details = details || {};
    }
  }

  function refuse(controle, raison, details) {
    throw new Refus(controle, raison, details);
  }

  // ---- SHA-256 (FIPS 180-4) -------------------------------------------------------------------------

  const K = new Int32Array([
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  ]);
  const START = new Int32Array([
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  ]);
  const W = new Int32Array(64);

  function compress(state, bytes, at) {
    for (let i = 0; i < 16; i++, at += 4) {
      W[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = W[i - 15], y = W[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
    let a = state[0], b = state[1], c = state[2], d = state[3];
    let e = state[4], f = state[5], g = state[6], h = state[7];
    for (let i = 0; i < 64; i++) {
      const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + S1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0;
      d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  }

  /** The last bytes of a message of `total` bytes, with the standard's padding, as whole blocks. */
  function padded(rest, total) {
    const blocks = new Uint8Array(Math.ceil((rest.length + 9) / 64) * 64);
    blocks.set(rest);
    blocks[rest.length] = 0x80;
    const view = new DataView(blocks.buffer);
    view.setUint32(blocks.length - 8, Math.floor(total / 0x20000000));
    view.setUint32(blocks.length - 4, (total << 3) >>> 0);
    return blocks;
  }

  function compressAll(state, blocks) {
    for (let at = 0; at < blocks.length; at += 64) compress(state, blocks, at);
  }

  function hex(state) {
    let text = "";
    for (let i = 0; i < 8; i++) text += ("0000000" + (state[i] >>> 0).toString(16)).slice(-8);
    return text;
  }

  function* hashSteps(bytes, controle) {
    const state = START.slice();
    const whole = bytes.length - (bytes.length % 64);
    for (let at = 0; at < whole; ) {
      const stop = Math.min(whole, at + 262144);
      for (; at < stop; at += 64) compress(state, bytes, at);
      yield { controle: controle, fait: at, total: bytes.length };
    }
    compressAll(state, padded(bytes.subarray(whole), bytes.length));
    return hex(state);
  }

  /** Tickets of numbers of one width: all but the end of the message is hashed once. Returns
      ticket(bytes, at) → the eight words of the hash, overwritten by the next call. */
  function ticketer(graine, width) {
    const prefix = utf8(graine + "|ticket|");
    const whole = prefix.length - (prefix.length % 64);
    const middle = START.slice();
    compressAll(middle, prefix.subarray(0, whole));
    const at0 = prefix.length - whole;
    const rest = new Uint8Array(at0 + width);
    rest.set(prefix.subarray(whole));
    const blocks = padded(rest, prefix.length + width);
    const state = new Int32Array(8);
    return function ticket(bytes, at) {
      for (let i = 0; i < width; i++) blocks[at0 + i] = bytes[at + i];
      state.set(middle);
      compressAll(state, blocks);
      return state;
    };
  }

  // ---- Text and JSON --------------------------------------------------------------------------------

  function asBytes(data) {
    if (data instanceof ArrayBuffer) return new Uint8Array(data);
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    throw new TypeError("octets attendus");
  }

  function utf8(text) {
    return new TextEncoder().encode(text);
  }

  /** The text of UTF-8 bytes, or null. ignoreBOM keeps a BOM in the text, for the caller to refuse. */
  function decode(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (error) {
      return null;
    }
  }

  /** Order by code point. UTF-16 puts surrogates (above U+FFFF) before U+E000–U+FFFF: shift them after. */
  function byCodePoint(a, b) {
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) {
      let x = a.charCodeAt(i), y = b.charCodeAt(i);
      if (x === y) continue;
      if (x >= 0xd800 && y >= 0xd800) {
        x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
        y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
      }
      return x - y;
    }
    return a.length - b.length;
  }

  const ESCAPES = new Map([
    ['"', '"'], ["\\", "\\"], ["/", "/"], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"],
  ]);
  const MAX_DEPTH = 100;

  /** Strict JSON (RFC 8259) with safe integers only and no duplicate key. Objects become Maps. */
  function parseJson(text, fichier) {
    const plain = /[^"\\\u0000-\u001f]*/y;
    const integer = /-?(?:0|[1-9][0-9]*)/y;
    const escaped = /[0-9A-Fa-f]{4}/y;
    let at = 0;

    function wrong(raison, extra) {
      const before = text.slice(0, at).split("\n");
      const place = { fichier: fichier, ligne: before.length, colonne: before.pop().length + 1 };
      refuse("forme", raison, Object.assign(place, extra));
    }
    function take(pattern) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found === null) return wrong("json");
      at += found[0].length;
      return found[0];
    }
    function space() {
      while (at < text.length && " \t\n\r".includes(text[at])) at++;
    }
    function word(expected, value) {
      if (!text.startsWith(expected, at)) wrong("json");
      at += expected.length;
      return value;
    }
    function number() {
      const digits = take(integer);
      const value = Number(digits);
      const next = text[at];
      if (next === "." || next === "e" || next === "E" || digits === "-0" || !Number.isSafeInteger(value)) {
        wrong("nombre");
      }
      return value;
    }
    function escape() {
      const letter = text[at++];
      if (letter !== "u") return ESCAPES.has(letter) ? ESCAPES.get(letter) : wrong("json");
      const unit = parseInt(take(escaped), 16);
      if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
      if (unit > 0xdbff) wrong("json");
      word("\\u");
      const low = parseInt(take(escaped), 16);
      if (low < 0xdc00 || low > 0xdfff) wrong("json");
      return String.fromCharCode(unit, low);
    }
    function string() {
      word('"');
      let value = take(plain);
      while (text[at] === "\\") {
        at++;
        value += escape() + take(plain);
      }
      word('"');
      return value;
    }
    /** The members between brackets, separated by commas. */
    function members(close, depth, member) {
      if (depth > MAX_DEPTH) wrong("profondeur");
      at++;
      space();
      if (text[at] !== close) {
        for (;;) {
          space();
          member();
          space();
          if (text[at] !== ",") break;
          at++;
        }
      }
      word(close);
    }
    function object(depth) {
      const map = new Map();
      members("}", depth, function () {
        const key = string();
        if (map.has(key)) wrong("cle-double", { champ: key });
        space();
        word(":");
        space();
        map.set(key, value(depth));
      });
      return map;
    }
    function array(depth) {
      const list = [];
      members("]", depth, function () {
        list.push(value(depth));
      });
      return list;
    }
    function value(depth) {
      switch (text[at]) {
        case "{": return object(depth + 1);
        case "[": return array(depth + 1);
        case '"': return string();
        case "t": return word("true", true);
        case "f": return word("false", false);
        case "n": return word("null", null);
        default: return number();
      }
    }
    space();
    const result = value(0);
    space();
    if (at < text.length) wrong("json");
    return result;
  }

  /** Canonical JSON (method §2). Refuses the characters that canonical strings may not hold. */
  function canonical(value) {
    if (typeof value === "string") {
      if (/["\\\u0000-\u001f\u007f-\u009f]/.test(value)) {
        refuse("forme", "caractere", { fichier: "protocole", champ: value.slice(0, 40) });
      }
      return '"' + value + '"';
    }
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value instanceof Map) {
      const keys = Array.from(value.keys()).sort(byCodePoint);
      return "{" + keys.map((key) => canonical(key) + ":" + canonical(value.get(key))).join(",") + "}";
    }
    return String(value);
  }

  function readJson(bytes, fichier) {
    const text = decode(bytes);
    if (text === null) refuse("forme", "utf8", { fichier: fichier });
    if (text.startsWith("\ufeff")) refuse("forme", "bom", { fichier: fichier });
    const value = parseJson(text, fichier);
    if (!(value instanceof Map)) refuse("forme", "objet", { fichier: fichier });
    return { text: text, value: value };
  }

  // ---- The shape of the protocol and of the result --------------------------------------------------

  const isString = (value) => typeof value === "string";
  const isBoolean = (value) => typeof value === "boolean";
  const isInteger = (value) => typeof value === "number"; // the reader lets only safe integers through
  const isCount = (value) => isInteger(value) && value >= 0;
  const isPositive = (value) => isInteger(value) && value >= 1;
  const isHash = (value) => isString(value) && HEX64.test(value);
  const isMethode = (value) => value === METHODE;
  const isValue = (text) => VALUE.test(text) && text === text.normalize("NFC") && text === text.trim();
  const listOf = (test) => (value) => Array.isArray(value) && value.every(test);
  const mapOf = (test) => (value) => value instanceof Map && Array.from(value.values()).every(test);
  const optional = (test) => (value) => value === undefined || test(value);

  /** An object with exactly these keys, each passing its test. */
  function shape(fields) {
    const names = Object.keys(fields);
    return (value) =>
      value instanceof Map && value.size === names.length &&
      names.every((name) => value.has(name) && fields[name](value.get(name)));
  }

  function isCriteres(value) {
    const ok = (name) => isString(name) && isValue(name) && name !== "numero" && name !== "foyer";
    return Array.isArray(value) && value.every(ok) && new Set(value).size === value.length;
  }

  function isQuota(value) {
    return listOf(isCount)(value) && value.length === 2 && value[0] <= value[1];
  }

  function isRow(value) {
    return Array.isArray(value) && value.length === 2 && isInteger(value[0]) && mapOf(isInteger)(value[1]);
  }

  const PROTOCOLE = {
    methode: isMethode,
    tirage: (value) => isString(value) && /^[a-z0-9-]{1,40}$/.test(value),
    repetition: isBoolean,
    intitule: (value) => isString(value) && value !== "",
    places: isPositive,
    criteres: isCriteres,
    alternance: (value, whole) => value === null || whole.get("criteres").includes(value),
    foyer_unique: isBoolean,
    quotas: (value, whole) =>
      mapOf(mapOf(isQuota))(value) &&
      Array.from(value.keys()).every((name) => whole.get("criteres").includes(name)),
    effectifs: mapOf(isPositive),
    lignes: (value) => ROW_DIGITS.has(value),
    table: listOf(isRow),
    nombre_des: isInteger,
    registre_sha256: isHash,
    identites_sha256: optional(isHash),
    rapport_sha256: optional(isHash),
    sources: optional(listOf(shape({ fichier: isString, sha256: isHash, lignes: isCount }))),
    certificat: optional(shape({
      poids: mapOf(isCount), u: isInteger, types: mapOf(isCount),
      max: mapOf(mapOf(isCount)), min: mapOf(mapOf(isCount)),
    })),
  };
  const RESULTAT = {
    methode: isMethode,
    protocole_sha256: isString,
    des: isString,
    composition: isInteger,
    foyer_exception: isBoolean,
    liste: listOf(shape({ rang: isInteger, numero: isString, ticket: isString })),
  };

  function fieldsOf(value, tests, fichier) {
    const fields = {};
    for (const name of Object.keys(tests)) {
      if (!tests[name](value.get(name), value)) refuse("forme", "champ", { fichier: fichier, champ: name });
      fields[name] = value.get(name);
    }
    return fields;
  }

  function readProtocole(bytes) {
    const read = readJson(bytes, "protocole");
    if (canonical(read.value) !== read.text) refuse("forme", "canonique", { fichier: "protocole" });
    return fieldsOf(read.value, PROTOCOLE, "protocole");
  }

  function readResultat(bytes) {
    const value = readJson(bytes, "resultat").value;
    for (const name of value.keys()) {
      if (!Object.prototype.hasOwnProperty.call(RESULTAT, name)) {
        refuse("forme", "cle-de-trop", { fichier: "resultat", champ: name });
      }
    }
    return fieldsOf(value, RESULTAT, "resultat");
  }

  // ---- The register ---------------------------------------------------------------------------------

  /** Gives each distinct run of bytes a small number, without making a string of each. */
  class ByteIndex {
    constructor(bytes, most) {
      let size = 16;
      while (size < 2 * most) size *= 2;
      this.bytes = bytes;
      this.mask = size - 1;
      this.slots = new Int32Array(size);
      this.starts = [];
      this.ends = [];
    }

    same(id, start, end) {
      if (this.ends[id] - this.starts[id] !== end - start) return false;
      for (let i = start, j = this.starts[id]; i < end; i++, j++) {
        if (this.bytes[i] !== this.bytes[j]) return false;
      }
      return true;
    }

    /** The number of bytes[start:end], in order of first sight from 0. */
    id(start, end) {
      let hash = 0x811c9dc5;
      for (let i = start; i < end; i++) hash = Math.imul(hash ^ this.bytes[i], 0x01000193);
      let slot = (hash ^ (hash >>> 15)) & this.mask;
      while (this.slots[slot] !== 0) {
        if (this.same(this.slots[slot] - 1, start, end)) return this.slots[slot] - 1;
        slot = (slot + 1) & this.mask;
      }
      this.starts.push(start);
      this.ends.push(end);
      this.slots[slot] = this.starts.length;
      return this.starts.length - 1;
    }
  }

  /** One pass over the register's lines. Per resident: where the number starts, the type, the household
      (0 = alone). Numbers have one width and ascend, so a resident's rank in the file orders numbers. */
  class RegistreReader {
    constructor(bytes, criteres) {
      this.bytes = bytes;
      this.criteres = criteres;
      this.at = this.header();
      let lines = 0;
      for (let i = this.at; i < bytes.length; i++) if (bytes[i] === LF) lines++;
      if (lines === 0) this.wrong("vide", 2);
      this.count = 0;
      this.width = bytes.indexOf(SEMICOLON, this.at) - this.at;
      this.numeroAt = new Float64Array(lines);
      this.typeOf = new Int32Array(lines);
      this.foyerOf = new Int32Array(lines);
      this.tails = new ByteIndex(bytes, lines);
      this.foyers = new ByteIndex(bytes, lines);
      this.types = [];
      this.typeSizes = [];
      this.foyerSizes = [];
    }

    wrong(raison, ligne) {
      refuse("registre", raison, { fichier: "registre", ligne: ligne || this.count + 2 });
    }

    header() {
      const bytes = this.bytes;
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.wrong("bom", 1);
      if (bytes.includes(CR)) this.wrong("fins-de-ligne", 1);
      if (bytes[bytes.length - 1] !== LF) this.wrong("fin-de-fichier", 1);
      const expected = utf8(["numero", "foyer"].concat(this.criteres).join(";") + "\n");
      if (!expected.every((byte, i) => byte === bytes[i])) this.wrong("entete", 1);
      return expected.length;
    }

    numero(start, end) {
      if (end - start !== this.width || this.width < 1) this.wrong("numero");
      for (let i = start; i < end; i++) {
        if (this.bytes[i] < 48 || this.bytes[i] > 57) this.wrong("numero");
      }
      if (this.count === 0) return;
      for (let i = start, j = this.numeroAt[this.count - 1]; i < end; i++, j++) {
        if (this.bytes[i] > this.bytes[j]) return;
        if (this.bytes[i] < this.bytes[j]) break;
      }
      this.wrong("ordre");
    }

    text(start, end) {
      const text = decode(this.bytes.subarray(start, end));
      return text === null ? this.wrong("utf8") : text;
    }

    foyer(start, end) {
      if (start === end) return 0;
      const id = this.foyers.id(start, end);
      if (id === this.foyerSizes.length) {
        if (!isValue(this.text(start, end))) this.wrong("foyer");
        this.foyerSizes.push(0);
      }
      this.foyerSizes[id]++;
      return id + 1;
    }

    type(start, end) {
      const id = this.tails.id(start, end);
      if (id === this.types.length) {
        const values = this.criteres.length ? this.text(start, end).split(";") : [];
        if (values.length !== this.criteres.length) this.wrong("champs");
        if (!values.every(isValue)) this.wrong("valeur");
        this.types.push({ name: values.join("|"), values: values });
        this.typeSizes.push(0);
      }
      this.typeSizes[id]++;
      return id;
    }

    line() {
      const end = this.bytes.indexOf(LF, this.at);
      const first = this.bytes.indexOf(SEMICOLON, this.at);
      if (first < 0 || first > end) this.wrong("champs");
      let second = end;
      if (this.criteres.length) {
        second = this.bytes.indexOf(SEMICOLON, first + 1);
        if (second < 0 || second > end) this.wrong("champs");
      }
      this.numero(this.at, first);
      this.foyerOf[this.count] = this.foyer(first + 1, second);
      this.typeOf[this.count] = this.type(Math.min(second + 1, end), end);
      this.numeroAt[this.count++] = this.at;
      this.at = end + 1;
    }

    numeroText(resident) {
      const start = this.numeroAt[resident];
      return this.text(start, start + this.width);
    }

    get largestFoyer() {
      return this.foyerSizes.reduce((most, size) => Math.max(most, size), 1);
    }
  }

  function* registreSteps(bytes, criteres) {
    const reader = new RegistreReader(bytes, criteres);
    while (reader.at < bytes.length) {
      for (let i = 0; i < 4096 && reader.at < bytes.length; i++) reader.line();
      yield { controle: "registre", fait: reader.at, total: bytes.length };
    }
    return reader;
  }

  // ---- The checks on the protocol's content ---------------------------------------------------------

  function checkEffectifs(registre, protocole) {
    const differ = (type) => refuse("effectifs", "nombre", { groupe: type });
    registre.types.forEach(function (type, id) {
      if (protocole.effectifs.get(type.name) !== registre.typeSizes[id]) differ(type.name);
    });
    const counted = new Set(registre.types.map((type) => type.name));
    for (const type of protocole.effectifs.keys()) if (!counted.has(type)) differ(type);
  }

  function checkRow(composition, protocole, valuesOf) {
    let sum = 0;
    const got = new Map(protocole.criteres.map((critere) => [critere, new Map()]));
    composition.forEach(function (places, type) {
      if (places < 1) return refuse("table", "entree");
      if (!protocole.effectifs.has(type)) return refuse("table", "groupe");
      if (places > protocole.effectifs.get(type)) return refuse("table", "effectif");
      sum += places;
      valuesOf.get(type).forEach(function (value, i) {
        const counts = got.get(protocole.criteres[i]);
        counts.set(value, (counts.get(value) || 0) + places);
      });
    });
    if (sum !== protocole.places) refuse("table", "somme");
    protocole.quotas.forEach((values, critere) => values.forEach(function (quota, value) {
      const places = got.get(critere).get(value) || 0;
      const fits = places >= quota[0] && places <= quota[1];
      if (!fits) refuse("table", "quota", { critere: critere, valeur: value });
    }));
  }

  function* tableSteps(registre, protocole) {
    const valuesOf = new Map(registre.types.map((type) => [type.name, type.values]));
    const seen = new Set();
    let rows = 0, before = null;
    for (let i = 0; i < protocole.table.length; i++) {
      const n = protocole.table[i][0], composition = protocole.table[i][1];
      const text = canonical(composition);
      try {
        if (n < 1) refuse("table", "repetitions");
        if (seen.has(text)) refuse("table", "double");
        if (before && (n > before.n || (n === before.n && byCodePoint(before.text, text) > 0))) {
          refuse("table", "ordre");
        }
        checkRow(composition, protocole, valuesOf);
        rows += n;
        if (rows > protocole.lignes) refuse("table", "lignes");
      } catch (error) {
        if (error instanceof Refus) error.details.entree = i + 1;
        throw error;
      }
      seen.add(text);
      before = { n: n, text: text };
      if (i % 256 === 255) yield { controle: "table", fait: i, total: protocole.table.length };
    }
    if (rows !== protocole.lignes) refuse("table", "lignes");
  }

  const big = BigInt;
  const ZERO = big(0);

  function fraction(num, den) {
    let a = num < ZERO ? -num : num, b = den;
    while (b > ZERO) [a, b] = [b, a % b];
    return [num / a, den / a];
  }

  /** Method §2: the bound that the certificate proves, or null without one. */
  function checkCertificat(registre, protocole) {
    const given = protocole.certificat;
    if (given === undefined) return null;
    const quotaOf = (critere, value) => (protocole.quotas.get(critere) || new Map()).get(value);
    const weight = (map, key) => big(map.get(key) || 0);
    const dual = (side, critere, value) => weight(side.get(critere) || new Map(), value);
    for (const map of [given.get("poids"), given.get("types")]) {
      for (const type of map.keys()) if (!protocole.effectifs.has(type)) refuse("certificat", "groupe");
    }
    let top = big(protocole.places) * big(given.get("u")), bottom = ZERO;
    [["max", 1, big(1)], ["min", 0, big(-1)]].forEach(function (part) {
      given.get(part[0]).forEach((values, critere) => values.forEach(function (amount, value) {
        const quota = quotaOf(critere, value);
        if (quota === undefined) refuse("certificat", "quota");
        top += part[2] * big(quota[part[1]]) * big(amount);
      }));
    });
    registre.types.forEach(function (type, id) {
      let allowed = big(given.get("u")) + weight(given.get("types"), type.name);
      type.values.forEach(function (value, i) {
        const critere = protocole.criteres[i];
        allowed += dual(given.get("max"), critere, value) - dual(given.get("min"), critere, value);
      });
      if (weight(given.get("poids"), type.name) > allowed) {
        refuse("certificat", "inegalite", { groupe: type.name });
      }
      top += big(registre.typeSizes[id]) * weight(given.get("types"), type.name);
      bottom += big(registre.typeSizes[id]) * weight(given.get("poids"), type.name);
    });
    if (bottom <= ZERO) refuse("certificat", "nul");
    return fraction(top, bottom);
  }

  function chances(registre, protocole) {
    const valuesOf = new Map(registre.types.map((type) => [type.name, type.values]));
    const drawn = new Map();
    protocole.table.forEach((row) => row[1].forEach(function (places, type) {
      drawn.set(type, (drawn.get(type) || ZERO) + big(row[0]) * big(places));
    }));
    return Array.from(protocole.effectifs, function (entry) {
      const chance = fraction(drawn.get(entry[0]) || ZERO, big(protocole.lignes) * big(entry[1]));
      return { groupe: entry[0], valeurs: valuesOf.get(entry[0]), residents: entry[1], chance: chance };
    });
  }

  // ---- The draw (method §4) -------------------------------------------------------------------------

  function checkDes(protocole, des) {
    const least = 20 + ROW_DIGITS.get(protocole.lignes);
    if (protocole.nombre_des < least) {
      refuse("des", "trop-peu", { nombre: protocole.nombre_des, minimum: least });
    }
    if (!/^[0-9]*$/.test(des)) refuse("des", "chiffres");
    if (des.length !== protocole.nombre_des) {
      refuse("des", "nombre", { nombre: des.length, attendu: protocole.nombre_des });
    }
  }

  function compositionOf(protocole, des) {
    return Number(des.slice(0, ROW_DIGITS.get(protocole.lignes)));
  }

  function rowOf(protocole, composition) {
    let end = 0;
    return protocole.table.find((row) => (end += row[0]) > composition)[1];
  }

  /** Residents by (ticket, number): sorted bucket by bucket, and only as far as the walk goes. */
  class TicketOrder {
    constructor(registre, graine) {
      this.registre = registre;
      this.ticket = ticketer(graine, registre.width);
      this.heads = new Uint32Array(registre.count); // a ticket's first 32 bits: the rest only breaks ties
      this.starts = new Uint32Array(65537);
      this.sorted = new Uint8Array(65536);
    }

    *steps() {
      const total = this.registre.count;
      for (let i = 0; i < total; ) {
        const stop = Math.min(total, i + 4096);
        for (; i < stop; i++) {
          const head = this.ticket(this.registre.bytes, this.registre.numeroAt[i])[0] >>> 0;
          this.heads[i] = head;
          this.starts[(head >>> 16) + 1]++;
        }
        yield { controle: "foyer_exception", fait: i, total: total };
      }
      for (let b = 0; b < 65536; b++) this.starts[b + 1] += this.starts[b];
      const next = this.starts.slice();
      this.residents = new Uint32Array(total);
      for (let i = 0; i < total; i++) this.residents[next[this.heads[i] >>> 16]++] = i;
    }

    text(resident) {
      return hex(this.ticket(this.registre.bytes, this.registre.numeroAt[resident]));
    }

    compare(a, b) {
      if (this.heads[a] !== this.heads[b]) return this.heads[a] - this.heads[b];
      const x = this.text(a), y = this.text(b);
      return x < y ? -1 : x > y ? 1 : a - b;
    }

    bucket(b) {
      const residents = this.residents.subarray(this.starts[b], this.starts[b + 1]);
      if (!this.sorted[b]) residents.sort((x, y) => this.compare(x, y));
      this.sorted[b] = 1;
      return residents;
    }
  }

  /** One walk: takes into `panel` whoever still has a place. `panel.left` counts the open places. */
  function* walkSteps(order, panel, onePerFoyer) {
    const registre = order.registre;
    for (let b = 0; b < 65536 && panel.left > 0; b++) {
      for (const resident of order.bucket(b)) {
        const type = registre.typeOf[resident], foyer = registre.foyerOf[resident];
        if (!panel.open[type] || panel.taken.has(resident)) continue;
        if (onePerFoyer && foyer && panel.foyers.has(foyer)) continue;
        panel.open[type]--;
        panel.left--;
        panel.taken.add(resident);
        panel.foyers.add(foyer);
      }
      if (b % 1024 === 1023) yield { controle: "foyer_exception", fait: b, total: 65536 };
    }
  }

  function inTurns(residents, registre, protocole, graine) {
    const column = protocole.criteres.indexOf(protocole.alternance);
    const groups = new Map();
    for (const resident of residents) {
      const value = registre.types[registre.typeOf[resident]].values[column];
      if (!groups.has(value)) groups.set(value, []);
      groups.get(value).push(resident);
    }
    const queues = Array.from(groups, (entry) => ({
      value: entry[0], key: sha256(utf8(graine + "|alternance|" + entry[0])), residents: entry[1],
    }));
    queues.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : byCodePoint(a.value, b.value)));
    const result = [];
    for (let turn = 0; result.length < residents.length; turn++) {
      for (const queue of queues) if (turn < queue.residents.length) result.push(queue.residents[turn]);
    }
    return result;
  }

  function* drawSteps(registre, protocole, fingerprint, des) {
    const graine = METHODE + "|" + fingerprint + "|" + des;
    const order = new TicketOrder(registre, graine);
    yield* order.steps();
    const row = rowOf(protocole, compositionOf(protocole, des));
    const open = registre.types.map((type) => row.get(type.name) || 0);
    const panel = { open: open, left: protocole.places, taken: new Set(), foyers: new Set() };
    yield* walkSteps(order, panel, protocole.foyer_unique);
    const exception = panel.left > 0;
    if (exception) yield* walkSteps(order, panel, false);
    if (panel.left > 0) refuse("table", "impossible");
    let chosen = Array.from(panel.taken).sort((a, b) => order.compare(a, b));
    if (protocole.alternance !== null) chosen = inTurns(chosen, registre, protocole, graine);
    const liste = chosen.map((resident, i) => ({
      rang: i + 1, numero: registre.numeroText(resident), ticket: order.text(resident),
    }));
    const valeurs = chosen.map((resident) => registre.types[registre.typeOf[resident]].values);
    return { foyer_exception: exception, liste: liste, valeurs: valeurs };
  }

  // ---- The whole, step by step ----------------------------------------------------------------------

  function* frozenSteps(registreBytes, protocole) {
    yield { controle: "empreinte-registre" };
    const found = yield* hashSteps(registreBytes, "empreinte-registre");
    if (found !== protocole.registre_sha256) {
      refuse("empreinte-registre", "autre-registre", { annonce: protocole.registre_sha256, trouve: found });
    }
    yield { controle: "registre" };
    const registre = yield* registreSteps(registreBytes, protocole.criteres);
    yield { controle: "effectifs" };
    checkEffectifs(registre, protocole);
    yield { controle: "table" };
    yield* tableSteps(registre, protocole);
    yield { controle: "certificat" };
    return { registre: registre, borne: checkCertificat(registre, protocole) };
  }

  function checkListe(liste, expected) {
    if (liste.length !== expected.length) {
      refuse("liste", "longueur", { nombre: liste.length, attendu: expected.length });
    }
    expected.forEach(function (person, i) {
      const wrong = ["rang", "numero", "ticket"].find((name) => liste[i].get(name) !== person[name]);
      if (wrong) refuse("liste", wrong, { rang: i + 1, attendu: person[wrong], trouve: liste[i].get(wrong) });
    });
  }

  const texts = (pair) => pair && pair.map(String);
  const smaller = (a, b) => (b[0] * a[1] < a[0] * b[1] ? b : a);

  function report(protocole, fingerprint, frozen, resultat, draw) {
    const odds = chances(frozen.registre, protocole);
    const asObject = (source) => ({
      fichier: source.get("fichier"), sha256: source.get("sha256"), lignes: source.get("lignes"),
    });
    return {
      verifie: true,
      tirage: protocole.tirage,
      repetition: protocole.repetition,
      protocole_sha256: fingerprint,
      places: protocole.places,
      chance_minimale: texts(odds.map((entry) => entry.chance).reduce(smaller)),
      borne: texts(frozen.borne),
      plus_grand_foyer: frozen.registre.largestFoyer,
      intitule: protocole.intitule,
      residents: frozen.registre.count,
      criteres: protocole.criteres,
      chances: odds.map((entry) => Object.assign(entry, { chance: texts(entry.chance) })),
      sources: (protocole.sources || []).map(asObject),
      des: resultat.des,
      composition: resultat.composition,
      foyer_unique: protocole.foyer_unique,
      foyer_exception: draw.foyer_exception,
      liste: draw.liste.map((person, i) => Object.assign(person, { valeurs: draw.valeurs[i] })),
      controles: CONTROLES.slice(),
    };
  }

  function* verifySteps(registreBytes, protocoleBytes, resultatBytes) {
    yield { controle: "forme" };
    const protocole = readProtocole(protocoleBytes);
    const resultat = readResultat(resultatBytes);
    yield { controle: "empreinte-protocole" };
    const fingerprint = yield* hashSteps(protocoleBytes, "empreinte-protocole");
    if (resultat.protocole_sha256 !== fingerprint) {
      const both = { annonce: resultat.protocole_sha256, trouve: fingerprint };
      refuse("empreinte-protocole", "autre-protocole", both);
    }
    const frozen = yield* frozenSteps(registreBytes, protocole);
    yield { controle: "des" };
    checkDes(protocole, resultat.des);
    yield { controle: "composition" };
    const composition = compositionOf(protocole, resultat.des);
    if (resultat.composition !== composition) {
      refuse("composition", "autre-ligne", { annonce: resultat.composition, trouve: composition });
    }
    yield { controle: "foyer_exception" };
    const draw = yield* drawSteps(frozen.registre, protocole, fingerprint, resultat.des);
    if (resultat.foyer_exception !== draw.foyer_exception) {
      refuse("foyer_exception", draw.foyer_exception ? "non-dite" : "inutile");
    }
    yield { controle: "liste" };
    checkListe(resultat.liste, draw.liste);
    return report(protocole, fingerprint, frozen, resultat, draw);
  }

  function* tirerSteps(registreBytes, protocoleBytes, des) {
    yield { controle: "forme" };
    const protocole = readProtocole(protocoleBytes);
    const fingerprint = yield* hashSteps(protocoleBytes, "forme");
    const frozen = yield* frozenSteps(registreBytes, protocole);
    yield { controle: "des" };
    checkDes(protocole, des);
    const draw = yield* drawSteps(frozen.registre, protocole, fingerprint, des);
    return {
      methode: METHODE,
      protocole_sha256: fingerprint,
      des: des,
      composition: compositionOf(protocole, des),
      foyer_exception: draw.foyer_exception,
      liste: draw.liste,
    };
  }

  /** A verification never throws for what the files hold: a refusal is its answer. */
  function* answerSteps(registreBytes, protocoleBytes, resultatBytes) {
    let reached = CONTROLES[0];
    const steps = verifySteps(registreBytes, protocoleBytes, resultatBytes);
    try {
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) return step.value;
        reached = step.value.controle;
        yield step.value;
      }
    } catch (error) {
      if (!(error instanceof Refus)) throw error;
      return {
        verifie: false, controle: error.controle, raison: error.raison, details: error.details,
        controles: CONTROLES.slice(0, CONTROLES.indexOf(reached)),
      };
    }
  }

  // ---- Three ways to run the steps: at once, in a worker, in slices ---------------------------------

  function atOnce(steps) {
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value;
  }

  /** Runs for 12 ms at a time, letting the page breathe between two. */
  function inSlices(steps, surEtape) {
    return new Promise(function (resolve, reject) {
      const channel = new MessageChannel(); // timers are slowed down in pages left in the background
      function finish(settle, value) {
        channel.port1.close();
        settle(value);
      }
      function slice() {
        try {
          const stop = performance.now() + 12;
          do {
            const step = steps.next();
            if (step.done) return finish(resolve, step.value);
            surEtape(step.value);
          } while (performance.now() < stop);
        } catch (error) {
          return finish(reject, error);
        }
        channel.port2.postMessage(0);
      }
      channel.port1.onmessage = slice;
      channel.port2.postMessage(0);
    });
  }

  const TASKS = { verifier: answerSteps, tirer: tirerSteps };
  const scriptUrl = root.document && root.document.currentScript && root.document.currentScript.src;

  function inWorker(name, inputs, surEtape) {
    return new Promise(function (resolve, reject) {
      const worker = new Worker(scriptUrl);
      const settle = (done) => (value) => {
        worker.terminate();
        done(value);
      };
      worker.onerror = settle(() => reject(new Error("worker")));
      worker.onmessage = function (event) {
        const told = event.data;
        if (told.etape) surEtape(told.etape);
        else if (told.valeur) settle(resolve)(told.valeur);
        else settle(reject)(new Refus(told.refus.controle, told.refus.raison, told.refus.details));
      };
      worker.postMessage({ tache: name, entrees: inputs });
    });
  }

  function inBackground(name, inputs, surEtape) {
    const tell = surEtape || function () {};
    const slices = () => inSlices(TASKS[name].apply(null, inputs), tell);
    if (!scriptUrl || typeof Worker !== "function" || location.protocol === "file:") return slices();
    return inWorker(name, inputs, tell).catch(function (error) {
      if (error instanceof Refus) throw error;
      return slices(); // no worker here (blocked, or an old browser): the same steps, in the page
    });
  }

  function listenAsWorker() {
    root.onmessage = function (event) {
      let last = 0;
      const steps = TASKS[event.data.tache].apply(null, event.data.entrees);
      try {
        let step = steps.next();
        for (; !step.done; step = steps.next()) {
          const now = performance.now();
          if (step.value.fait === undefined || now > last + 100) {
            last = now;
            root.postMessage({ etape: step.value });
          }
        }
        root.postMessage({ valeur: step.value });
      } catch (error) {
        if (!(error instanceof Refus)) throw error;
        const refus = { controle: error.controle, raison: error.raison, details: error.details };
        root.postMessage({ refus: refus });
      }
    };
  }

  function sha256(data) {
    return atOnce(hashSteps(asBytes(data)));
  }

  function lireProtocole(data) {
    const read = readProtocole(asBytes(data));
    return {
      tirage: read.tirage, repetition: read.repetition, intitule: read.intitule, places: read.places,
      nombre_des: read.nombre_des, empreinte: sha256(data),
    };
  }

  /** The public surface. Bytes are ArrayBuffers or typed arrays. Fractions are [numerator, denominator]
      as decimal strings, so that a report survives JSON and messages whatever its size. */
  root.Verificateur = {
    CONTROLES: CONTROLES,
    Refus: Refus,
    sha256: sha256,
    /** What a protocol says of itself: { tirage, repetition, intitule, places, nombre_des, empreinte }.
        Throws Refus unless it is canonical and well formed. */
    lireProtocole: lireProtocole,
    /** The fingerprint of a protocol's bytes, under the same conditions. */
    empreinte: (protocole) => lireProtocole(protocole).empreinte,
    /** { verifie: true, … } or { verifie: false, controle, raison, details, controles }. */
    verifier: (registre, protocole, resultat) =>
      atOnce(answerSteps(asBytes(registre), asBytes(protocole), asBytes(resultat))),
    /** The result of these dice, as resultat.json holds it. Throws Refus. */
    tirer: (registre, protocole, des) =>
      atOnce(tirerSteps(asBytes(registre), asBytes(protocole), String(des))),
    /** The same two as promises, without freezing the page. surEtape({ controle, fait, total }). */
    verifierEnFond: (registre, protocole, resultat, surEtape) =>
      inBackground("verifier", [asBytes(registre), asBytes(protocole), asBytes(resultat)], surEtape),
    tirerEnFond: (registre, protocole, des, surEtape) =>
      inBackground("tirer", [asBytes(registre), asBytes(protocole), String(des)], surEtape),
  };

  if (typeof WorkerGlobalScope !== "undefined" && root instanceof WorkerGlobalScope) listenAsWorker();
})(typeof self !== "undefined" ? self : globalThis);
