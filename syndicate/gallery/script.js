
// Search, filters, copying and taking away: comforts. Nothing here is needed to see, read or take a card.
(() => {
  "use strict";
  const { above, copied, failed, shown, found: counted, picked, working, blocked } = document.body.dataset;
  const shards = document.body.dataset.shards.split(" ").filter(Boolean);
  const networks = JSON.parse(document.body.dataset.networks);
  if (!globalThis.syndicate) return; // its file is missing: the page stays as it is without scripts
  const { copyText, csv, json, pack, save, compose } = globalThis.syndicate;
  const by = (id) => document.getElementById(id);
  const field = by("filter");
  const [SOON, STEP] = [4, 12];
  const fill = (text, n, limit) => text.replace("{n}", n).replace("{limit}", limit).replace("{total}", limit);

  // --- copying
  const sources = {
    alt: (button) => button.closest("article").querySelector(".alt").textContent,
    link: (button) => button.closest("article").querySelector(".link").href,
    feed: (button) => button.closest("li").querySelector(".address").textContent,
  };
  const flash = (button, text) => {
    button.dataset.said = by("said").textContent = text;
    setTimeout(() => {
      delete button.dataset.said;
      by("said").textContent = "";
    }, 1600);
  };
  const copy = async (button, text = sources[button.dataset.copy](button)) => {
    try {
      await copyText(text);
      flash(button, copied);
    } catch {
      flash(button, failed);
    }
  };

  // --- what a browser remembers; a visit ends after half an hour
  const memory = {
    get: (key, where = "localStorage") => { try { return window[where].getItem(key); } catch { return null; } },
    set: (key, value, where = "localStorage") => {
      try { window[where].setItem(key, value); } catch { /* a browser that keeps nothing */ }
    },
  };
  const VISIT = `syndicate:visit:${new URL(above || "./", location.href).pathname}`;
  const visited = (() => {
    const [last, now] = (memory.get(VISIT) ?? "0 0").split(" ").map(Number);
    const today = Date.now();
    const before = today - now > 1_800_000 ? now : last;
    memory.set(VISIT, `${before} ${today}`);
    return before;
  })();

  // --- all articles, from the shards: scripts, because a folder opened without a server lets a page load nothing else
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const unpack = ([folder, start, ...files]) =>
    files.map(([tail, name, label, width, height, use]) => {
      const [pixels, , heavy] = label.split(" · ");
      return { href: above + folder + tail, name: start + name, label, width, height, use, brief: `${pixels} · ${heavy}` };
    });
  const understood = (row) => {
    const [title, language, direction, day, date, link, alt, tags, authors, files, sheet, summary, section, updated, hashtags, digest] = row;
    const text = fold([title, day, date, tags.join(" "), authors, section, summary].join("\n"));
    return {
      title, language, direction, day, date, link, alt, tags, authors, sheet: above + sheet, summary, section, hashtags, text,
      updated: Date.parse(updated),
      thumb: digest && above + sheet.replace("/at/", "/thumbs/").replace(/html$/, `${digest}.webp`),
      get files() { return unpack(files); },
    };
  };
  const load = (address) =>
    new Promise((done) => {
      const script = Object.assign(document.createElement("script"), { src: address, charset: "utf-8", onload: done, onerror: done });
      document.head.append(script);
    });
  let everything = null;
  const whole = () =>
    (everything ??= Promise.all(shards.map(load)).then(() => {
      const stored = window.syndicateArticles ?? {};
      const numbers = Object.keys(stored).map(Number).sort((a, b) => b - a);
      const all = numbers.flatMap((n) => stored[n].map(understood));
      let start = 0;
      all.starts = numbers.map((n) => [n, (start += stored[n].length) - stored[n].length]);
      for (const [at, one] of all.entries()) one.at = at;
      delete window.syndicateArticles;
      offer(all);
      return all;
    }));

  // --- the words of texts (concordance.py): looked up where they stand, sorted, in one long string a shard
  const UNPARTED = /([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)/;
  const [SHORT, LONG] = [3, 24];
  const parts = (word) =>
    (word.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((run) =>
      run.split(UNPARTED).flatMap((part, n) => {
        if (!part) return [];
        if (n % 2 === 0) return [part.slice(0, LONG)];
        return part.length < 2 ? [part] : Array.from({ length: part.length - 1 }, (_, at) => part.slice(at, at + 2));
      }));
  const deep = (part) => part.length >= SHORT || UNPARTED.test(part);
  const first = (text, part) => {
    let [low, high] = [0, text.length - 1];
    while (low < high) {
      const at = text.lastIndexOf(";", (low + high) >> 1);
      if (text.slice(at + 1, text.indexOf(" ", at)) < part) low = text.indexOf(";", at + 1);
      else high = at;
    }
    return low;
  };
  let lists = null; // once they have come: each shard's words, and where its articles begin among all
  const asking = new Map();
  const holders = (part) => {
    if (asking.has(part)) return asking.get(part);
    const flags = new Uint8Array(lists.total);
    for (const [text, start] of lists.shards) {
      for (let at = first(text, part); text.startsWith(part, at + 1);) {
        const end = text.indexOf(";", at + 1);
        let place = start;
        for (const step of text.slice(text.indexOf(" ", at) + 1, end).split(" ")) flags[(place += parseInt(step, 36))] = 1;
        at = end;
      }
    }
    if (asking.size > 40) asking.clear();
    asking.set(part, flags);
    return flags;
  };
  let coming = null;
  const texts = (all) =>
    (coming ??= (async () => {
      for (const shard of shards) await load(shard.replace(/articles-(\d+)\.js$/, "words-$1.js"));
      const stored = window.syndicateWords ?? {};
      delete window.syndicateWords;
      lists = { total: all.length, shards: all.starts.filter(([n]) => stored[n]).map(([n, start]) => [stored[n], start]) };
      last = null;
      filter();
    })());

  // --- one article, built as the page would have it
  const drop = (item, at) => item.querySelector(at)?.remove();
  const build = (one) => {
    const { title, language, direction, day, date, link, alt, tags, authors, files, sheet, thumb } = one;
    const item = by("blank").content.firstElementChild.cloneNode(true);
    const at = (name) => item.querySelector(name);
    Object.assign(at("h3"), { lang: language, dir: direction });
    Object.assign(at("time"), { dateTime: day, textContent: date });
    at(".authors").textContent = authors;
    at(".tags").dir = direction;
    at(".tags").replaceChildren(
      ...tags.map((tag) => Object.assign(document.createElement("li"), { textContent: tag })),
    );
    at("[data-pick]").dataset.pick = sheet;
    at(".pick .hush").textContent = ` ${title}`;
    at(".open").setAttribute("href", sheet);
    if (link) Object.assign(at(".link"), { href: link, textContent: title });
    else at(".link").replaceWith(Object.assign(document.createElement("span"), { textContent: title }));
    Object.assign(at(".alt"), { lang: language, textContent: alt });
    const hand = (element, { href, name }, label) => {
      element.setAttribute("href", href);
      element.download = name;
      element.querySelector("small").textContent = label;
    };
    const choice = at(".sizes li");
    for (const file of files.slice(1)) {
      const other = choice.cloneNode(true);
      hand(other.firstElementChild, file, file.brief);
      other.firstElementChild.firstChild.textContent = `${file.use} `;
      choice.before(other);
    }
    choice.remove();
    if (files.length) {
      const [{ href, width, height, label }] = files;
      hand(at(".download"), files[0], label);
      at(".picture").setAttribute("href", href);
      Object.assign(at("img"), { width, height, alt: alt || title });
      at("img").setAttribute("src", thumb || href);
    } else {
      Object.assign(at(".placeholder span"), { dir: direction, textContent: title });
    }
    const absent = {
      ".placeholder": files.length, ".none": files.length, ".picture": !files.length, ".tags": !tags.length,
      ".authors": !authors, ".alts": !alt, ".download": !files.length,
      ".sizes": files.length < 2, "[data-copy=alt]": !alt, "[data-copy=link]": !link,
    };
    for (const [name, gone] of Object.entries(absent)) if (gone) drop(item, name);
    dress(item);
    at("[data-pick]").checked = chosen.has(called(sheet));
    return item;
  };

  // --- searching and filtering
  let waiting = [];
  let hits = null;
  const more = (step = STEP) => {
    // What was built once is kept: its picture need not be loaded and laid out again at every key.
    by("found").append(...waiting.splice(0, step).map((one) => (one.item ??= build(one))));
    by("more").hidden = !waiting.length;
  };
  const controls = [...document.querySelectorAll("[data-by]")];
  const asked = () => {
    const values = controls.map((one) => [one.dataset.by, one.type === "checkbox" ? (one.checked ? "1" : "") : one.value]);
    return Object.fromEntries([["q", field.value.trim()], ...values].filter(([, value]) => value));
  };
  const written = (wanted) => {
    const pairs = Object.entries(wanted).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return pairs.length ? `#${pairs.join("&")}` : "";
  };
  const asWords = (text) => fold(text).split(/\s+/).filter(Boolean);
  const direct = (words) => (one) => words.every((word) => one.text.includes(word));
  const matches = (wanted) => {
    const words = asWords(wanted.q ?? "").map((word) => {
      const asked = lists ? parts(word) : [];
      return [word, asked.length && asked.every(deep) ? asked.map(holders) : null];
    });
    return (one) =>
      words.every(([word, within]) => one.text.includes(word) || within?.every((flags) => flags[one.at])) &&
      (!wanted.tag || one.tags.includes(wanted.tag)) &&
      (!wanted.lang || one.language === wanted.lang) &&
      (!wanted.section || one.section === wanted.section) &&
      (!wanted.month || one.day.startsWith(wanted.month)) &&
      (!wanted.from || one.day >= wanted.from) &&
      (!wanted.to || one.day <= wanted.to) &&
      (!wanted.new || one.updated > visited);
  };
  // Who types on can only lose hits: only those of the shorter text are looked through again.
  let last = null;
  const narrowed = (all, wanted) => {
    const { q: before = "", ...others } = last ?? {};
    const { q = "", ...same } = wanted;
    const [less, more] = [asWords(before), asWords(q)];
    // A word that only now has letters enough is looked for in texts from here on: that may add hits.
    const looked = less.length === more.length && less.every((word) => !lists || parts(word).every(deep));
    return hits && looked && q.startsWith(before) && written(others) === written(same) ? hits : all;
  };
  const filter = async (step = false) => {
    const wanted = asked();
    const address = written(wanted);
    if (address !== location.hash && (address || location.hash)) {
      const place = address || location.pathname + location.search;
      if (step) history.pushState(null, "", place);
      else history.replaceState(null, "", place);
    }
    const active = address !== "";
    const all = active ? await whole() : [];
    if (written(asked()) !== address) return;
    const before = hits ?? [];
    hits = active ? narrowed(all, wanted).filter(matches(wanted)) : null;
    const words = asWords(wanted.q ?? "");
    if (words.some((word) => parts(word).some(deep))) {
      if (lists) {
        const told = direct(words);
        const [near, far] = [[], []];
        for (const one of hits) (told(one) ? near : far).push(one);
        const byAge = (a, b) => a.at - b.at;
        hits = [...near.sort(byAge), ...far.sort(byAge)]; // what only its text has comes last
      } else texts(all);
    }
    last = wanted;
    // What is shown and still first stays: so nothing flickers, and nobody loses their place in it.
    const there = by("found").childElementCount;
    const kept = there && active && before.slice(0, there).every((one, n) => one === hits[n]) ? there : 0;
    waiting = hits?.slice(kept) ?? [];
    by("list").hidden = active;
    if (by("pages")) by("pages").hidden = active;
    by("found").hidden = !active;
    if (!kept) by("found").replaceChildren();
    by("count").textContent = active ? fill(shown, hits.length, all.length) : "";
    by("nothing").hidden = !active || hits.length > 0;
    // A first row at once, the rest when that was drawn: so typing is never waited for.
    more(Math.max(SOON - kept, 0));
    const these = hits;
    requestAnimationFrame(() => setTimeout(() => { if (hits === these) more(Math.max(STEP - Math.max(kept, SOON), 0)); }));
    weigh();
  };
  // Months and languages are named as the page's language names them, where the browser knows how.
  const tongue = document.documentElement.lang;
  const naming = {
    month: (value) => new Date(value).toLocaleDateString(tongue, { month: "long", year: "numeric", timeZone: "UTC" }),
    lang: (value) => new Intl.DisplayNames(tongue, { type: "language" }).of(value),
  };
  const spoken = (name, value) => {
    try {
      return naming[name]?.(value) ?? value;
    } catch {
      return value;
    }
  };
  // Fill the choices, most used first; months newest first.
  const offer = (all) => {
    const tally = (values) => {
      const times = new Map();
      for (const value of values) if (value) times.set(value, (times.get(value) ?? 0) + 1);
      return times;
    };
    const kinds = {
      tag: tally(all.flatMap((one) => one.tags)), lang: tally(all.map((one) => one.language)),
      section: tally(all.map((one) => one.section)), month: tally(all.map((one) => one.day.slice(0, 7))),
    };
    for (const [name, times] of Object.entries(kinds)) {
      const select = controls.find((one) => one.dataset.by === name);
      const kept = select.value;
      const entries = [...times].sort((a, b) => (name === "month" ? (a[0] < b[0] ? 1 : -1) : b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
      const options = entries.slice(0, 500).map(([value, n]) => new Option(`${spoken(name, value)} (${n})`, value));
      select.replaceChildren(select.options[0], ...options);
      if (kept && !times.has(kept)) select.append(new Option(kept, kept));
      select.value = kept;
      select.closest("label").hidden = name !== "month" && !times.size;
    }
  };
  const restore = () => {
    const pairs = location.hash.slice(1).split("&").filter((pair) => pair.includes("=")).map((pair) => {
      const [name, ...value] = pair.split("=");
      try {
        return [name, decodeURIComponent(value.join("=").replaceAll("+", " "))];
      } catch {
        return [name, ""]; // a percent sign somebody typed into the address
      }
    });
    const wanted = Object.fromEntries(pairs);
    field.value = wanted.q ?? "";
    for (const control of controls) {
      const value = wanted[control.dataset.by] ?? "";
      if (control.type === "checkbox") control.checked = value === "1";
      else {
        if (control.localName === "select" && value && ![...control.options].some((one) => one.value === value)) {
          control.append(new Option(value, value));
        }
        control.value = value;
      }
      if (value) by("finder").open = true;
    }
    filter();
  };
  const seek = (text) => {
    field.value = text;
    filter(true);
  };

  // --- what is chosen, and taking it away
  // A choice lasts as long as the tab does, from page to page; sheets are named as seen from the front page.
  const CHOICE = VISIT.replace("visit", "choice");
  const called = (sheet) => sheet.slice(above.length);
  const chosen = new Set(memory.get(CHOICE, "sessionStorage")?.split("\n").filter(Boolean));
  const remember = () => {
    memory.set(CHOICE, [...chosen].join("\n"), "sessionStorage");
    weigh();
  };
  const weigh = () => {
    const n = chosen.size || (hits?.length ?? 0);
    by("takeaway").hidden = !n;
    by("amount").textContent = fill(chosen.size ? picked : counted, n);
    by("unpick").hidden = !chosen.size;
    by("note").textContent = "";
  };
  const choose = (box) => {
    if (box.checked) chosen.add(called(box.dataset.pick));
    else chosen.delete(called(box.dataset.pick));
    remember();
  };
  const subject = async () => {
    const all = await whole();
    return chosen.size ? all.filter((one) => chosen.has(called(one.sheet))) : hits;
  };
  const named = (articles, ending) => {
    const days = articles.map((one) => one.day).sort();
    const [first, last] = [days[0], days.at(-1)];
    const when = first.slice(0, 7) === last.slice(0, 7) ? (first === last ? first : first.slice(0, 7)) : `${first}_${last}`;
    return `${when}_${articles.length}.${ending}`;
  };
  const take = async (kind) => {
    const articles = await subject();
    if (kind !== "zip") {
      const type = kind === "csv" ? "text/csv" : "application/json";
      const text = (kind === "csv" ? csv : json)(articles, networks);
      return save(new Blob([text], { type: `${type};charset=utf-8` }), named(articles, kind));
    }
    try {
      const zip = await pack(articles, networks, (n, total) => { by("note").textContent = fill(working, n, total); });
      by("note").textContent = "";
      return save(zip, named(articles, "zip"));
    } catch {
      by("note").textContent = blocked;
      const links = articles.flatMap((one) => one.files).map(({ href, name }) =>
        Object.assign(document.createElement("a"), { href, download: name, textContent: name }));
      return by("note").append(...links.flatMap((link) => [" ", link]));
    }
  };

  // --- tags become buttons where pressing them does something
  const dress = (root) => {
    for (const tag of root.querySelectorAll(".tags > li")) {
      const button = Object.assign(document.createElement("button"), { textContent: tag.textContent });
      tag.replaceChildren(button);
    }
  };

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.copy) copy(button);
    else if (button?.dataset.take) take(button.dataset.take);
    else if (button?.id === "unpick") {
      chosen.clear();
      for (const box of document.querySelectorAll("[data-pick]")) box.checked = false;
      remember();
    } else if (button?.closest(".tags")) {
      seek(button.textContent);
      scrollTo({ top: 0 });
      field.focus();
    }
  });
  if (!field) return;
  dress(document);
  for (const box of document.querySelectorAll("#list [data-pick]")) box.checked = chosen.has(called(box.dataset.pick));
  document.addEventListener("change", ({ target }) => {
    if (target.dataset.pick) choose(target);
    else if (target.dataset.by) filter(true);
  });
  by("finder").addEventListener("toggle", () => { if (by("finder").open) whole(); });
  field.addEventListener("focus", whole, { once: true });
  field.addEventListener("input", () => filter());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") seek("");
  });
  by("clear").addEventListener("click", () => {
    history.pushState(null, "", location.pathname + location.search);
    restore();
    field.focus();
  });
  by("more").addEventListener("click", () => more());

  // --- the keyboard: arrows go from article to article, letters act on the one that has the focus
  const articles = () => [...document.querySelectorAll("#list:not([hidden]) > li, #found:not([hidden]) > li")];
  const walk = (step) => {
    const items = articles();
    const at = items.findIndex((one) => one.contains(document.activeElement));
    const next = items[at < 0 ? 0 : Math.min(Math.max(at + step, 0), items.length - 1)];
    next?.querySelector(".open").focus();
  };
  const caption = async (item) => {
    const sheet = item.querySelector("[data-pick]").dataset.pick;
    const one = (await whole()).find((other) => other.sheet === sheet);
    const network = networks.find(({ key }) => key === (memory.get("syndicate:network") ?? "x"));
    if (one && network) copy(item.querySelector(".open"), compose(one, network));
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, dialog")) return;
    const item = document.activeElement?.closest("#list > li, #found > li") ?? articles()[0];
    const way = document.documentElement.dir === "rtl" ? -1 : 1;
    if (event.key === "/") field.focus();
    else if (event.key === "ArrowRight") walk(way);
    else if (event.key === "ArrowLeft") walk(-way);
    else if (event.key === "?") by("help").showModal();
    else if (event.key === "d" && item) item.querySelector(".download")?.click();
    else if (event.key === "c" && item) caption(item);
    else return;
    event.preventDefault();
  });
  addEventListener("popstate", restore);
  restore();
})();
