// What pages of the gallery take away with: counting, captions, ZIP, CSV, saving and copying. No page needs it to be read.
(() => {
  "use strict";
  // Read in the head, so that what only scripts can do has its place before anything is drawn.
  document.documentElement.classList.add("js");
  const URLS = /https?:\/\/[^\s]+/gu;
  const LINK = 23;
  const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter("und", { granularity: "grapheme" }) : null;
  const graphemes = (text) => (segmenter ? [...segmenter.segment(text)].map((one) => one.segment) : [...text]);

  // --- counting as networks do (X: twitter-text's configuration 3; Mastodon: links are 23)
  const LIGHT = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];
  const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
  const weigh = (grapheme) => {
    if (EMOJI.test(grapheme) && !/^[©®™]$/u.test(grapheme)) return 2;
    const weights = [...grapheme].map((one) => {
      const code = one.codePointAt(0);
      return LIGHT.some(([from, to]) => code >= from && code <= to) ? 1 : 2;
    });
    return weights.reduce((sum, one) => sum + one, 0);
  };
  const count = (text, how) => {
    const links = how === "graphemes" ? 0 : (text.match(URLS) ?? []).length;
    const rest = graphemes((links ? text.replace(URLS, "") : text).normalize("NFC"));
    const words = how === "weighted" ? rest.reduce((sum, one) => sum + weigh(one), 0) : rest.length;
    return words + links * LINK;
  };

  // --- captions: the title, as much of the summary as there is room for, hashtags and the link
  const shortened = (text, fits) => {
    const parts = graphemes(text);
    let [low, high] = [0, parts.length];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (fits(`${parts.slice(0, middle).join("").trimEnd()}…`)) low = middle;
      else high = middle - 1;
    }
    const start = parts.slice(0, low).join("");
    const whole = start.replace(/\s+\S*$/u, "");
    return low ? `${(whole.length > start.length / 2 ? whole : start).trimEnd()}…` : "";
  };
  const compose = ({ title, summary, hashtags, link }, { limit, count: how }) => {
    const build = (...parts) => parts.filter(Boolean).join("\n\n");
    const fits = (text) => !limit || count(text, how) <= limit;
    const whole = build(title, summary, hashtags, link);
    if (fits(whole)) return whole;
    const tail = fits(build(title, hashtags, link)) ? hashtags : "";
    const told = summary && shortened(summary, (text) => fits(build(title, text, tail, link)));
    const text = build(title, told.length > 20 ? told : "", tail, link);
    return fits(text) ? text : build(shortened(title, (start) => fits(build(start, link))), link);
  };

  const tracked = (link, preset, network, campaign) => {
    if (preset === "plain" || !link) return link;
    const [source, medium] = { social: [network, "social"], newsletter: ["newsletter", "email"], paid: [network, "paid"] }[preset];
    const url = new URL(link);
    for (const [name, value] of [["source", source], ["medium", medium], ["campaign", campaign]]) {
      url.searchParams.set(`utm_${name}`, value);
    }
    return url.href;
  };

  // --- tables for schedulers; no cell begins as a formula would
  const cell = (text) => {
    const safe = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const table = (articles, networks) =>
    articles.map((one) => ({
      date: one.day, title: one.title, link: one.link, language: one.language, tags: one.tags.join(", "),
      hashtags: one.hashtags, alt: one.alt, files: one.files.map((file) => file.name).join(" "),
      ...Object.fromEntries(networks.map((network) => [`caption_${network.key}`, compose(one, network)])),
    }));
  const csv = (articles, networks) => {
    const rows = table(articles, networks);
    const names = Object.keys(rows[0] ?? { date: "" });
    const lines = [names, ...rows.map((row) => names.map((name) => row[name]))].map((row) => row.map(cell).join(","));
    return `\ufeff${lines.join("\r\n")}\r\n`;
  };
  const json = (articles, networks) => `${JSON.stringify(table(articles, networks), null, 2)}\n`;

  // --- a ZIP that only stores: pictures are packed already (APPNOTE 6.3.10; bit 11: names are UTF-8)
  const CRCS = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  const crc32 = (bytes) => {
    let crc = -1;
    for (const byte of bytes) crc = CRCS[(crc ^ byte) & 255] ^ (crc >>> 8);
    return ~crc >>> 0;
  };
  const record = (...fields) => {
    const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (const [size, value] of fields) {
      if (size === 2) view.setUint16(at, value, true);
      else view.setUint32(at, value, true);
      at += size;
    }
    return bytes;
  };
  const DAY = 0x21; // the first of January 1980: the same files make the same ZIP on any day
  const zip = (files) => {
    const [parts, directory] = [[], []];
    let at = 0;
    for (const { name, bytes } of files) {
      const called = new TextEncoder().encode(name);
      const common = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, DAY], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, called.length], [2, 0]];
      const head = record([4, 0x04034b50], ...common);
      directory.push(record([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), called);
      parts.push(head, called, bytes);
      at += head.length + called.length + bytes.length;
    }
    const size = directory.reduce((sum, one) => sum + one.length, 0);
    const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, at], [2, 0]);
    return new Blob([...parts, ...directory, end], { type: "application/zip" });
  };

  // --- handing over
  const save = (blob, name) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  const bytesOf = async (href) => {
    const answer = await globalThis["fetch"](href);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const unique = (names) => {
    const seen = new Map();
    return names.map((name) => {
      const folded = name.normalize("NFC").toLowerCase(); // on many disks such names are one
      const times = seen.get(folded) ?? 0;
      seen.set(folded, times + 1);
      return times ? name.replace(/(\.\w+)$/, `~${times}$1`) : name;
    });
  };
  // Throws where files may not be read, as from a folder.
  const pack = async (articles, networks, tell) => {
    const wanted = articles.flatMap((one) => one.files);
    const names = unique(wanted.map((file) => file.name));
    const files = [];
    for (const [n, file] of wanted.entries()) {
      tell?.(n + 1, wanted.length);
      files.push({ name: names[n], bytes: await bytesOf(file.href) });
    }
    const text = new TextEncoder();
    const alts = articles.map((one) => `${one.title}\r\n${one.link}\r\n${one.alt}\r\n`).join("\r\n");
    files.push({ name: "captions.csv", bytes: text.encode(csv(articles, networks)) });
    files.push({ name: "alt-texts.txt", bytes: text.encode(alts) });
    return zip(files);
  };

  // Pages served without TLS have no clipboard of their own; there the old command still works.
  const byCommand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "hush";
    const before = document.activeElement;
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    before?.focus();
    if (!done) throw new Error("refused");
  };
  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      byCommand(text);
    }
  };

  globalThis.syndicate = { count, compose, tracked, csv, json, crc32, zip, pack, save, copyText, graphemes };
})();
