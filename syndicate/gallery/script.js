
// Search, copying and tags as buttons: comforts. Nothing here is needed to see, read or take a card.
(() => {
  "use strict";
  const { above, copied, failed, search, shown } = document.body.dataset;
  const by = (id) => document.getElementById(id);
  const field = by("filter");
  const STEP = 20;

  // --- copying
  const sources = {
    alt: (button) => button.closest("article").querySelector(".alt").textContent,
    link: (button) => button.closest("article").querySelector(".link").href,
    feed: (button) => button.closest("li").querySelector(".address").textContent,
  };

  // Pages served without TLS have no clipboard of their own; there the old command still works.
  const byCommand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "hush";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("refused");
  };

  const copy = async (button) => {
    const text = sources[button.dataset.copy](button);
    let said = copied;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      try {
        byCommand(text);
        button.focus();
      } catch {
        said = failed;
      }
    }
    button.dataset.said = by("said").textContent = said;
    setTimeout(() => {
      delete button.dataset.said;
      by("said").textContent = "";
    }, 1600);
  };

  // --- searching
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const textsOf = (item) => [...item.querySelectorAll("h3, time, .authors, .tags > li")].map((one) => one.textContent);
  const here = [...document.querySelectorAll("#list > li")].map((item) => ({ item, text: fold(textsOf(item).join(" ")) }));
  let everywhere = null;
  let found = [];

  const whole = () => {
    everywhere ??= new Promise((done) => {
      const script = document.createElement("script");
      script.src = search;
      script.charset = "utf-8";
      const finish = () =>
        done(
          (window.syndicateArticles ?? []).map((row) => {
            const [title, , , day, date, , , tags, authors] = row;
            return { row, text: fold([title, day, date, tags.join(" "), authors].join(" ")) };
          }),
        );
      script.onload = script.onerror = finish;
      document.head.append(script);
    });
    return everywhere;
  };

  const drop = (item, at) => item.querySelector(at)?.remove();

  const build = ([title, language, direction, day, date, link, alt, tags, authors, files]) => {
    const item = by("blank").content.firstElementChild.cloneNode(true);
    const at = (name) => item.querySelector(name);
    Object.assign(at("h3"), { lang: language, dir: direction });
    Object.assign(at("time"), { dateTime: day, textContent: date });
    at(".authors").textContent = authors;
    at(".tags").replaceChildren(
      ...tags.map((tag) => Object.assign(document.createElement("li"), { textContent: tag })),
    );
    if (link) Object.assign(at(".link"), { href: link, textContent: title });
    else at(".link").replaceWith(Object.assign(document.createElement("span"), { textContent: title }));
    Object.assign(at(".alt"), { lang: language, textContent: alt });
    const offer = (one, [href, name], label) => {
      Object.assign(one, { href: above + href, download: name });
      one.querySelector("small").textContent = label;
    };
    const choice = at(".sizes li");
    for (const file of files.slice(1)) {
      const one = choice.cloneNode(true);
      const [, , , , , use, brief] = file;
      offer(one.firstElementChild, file, brief);
      one.firstElementChild.firstChild.textContent = `${use} `;
      choice.before(one);
    }
    choice.remove();
    if (files.length) {
      offer(at(".download"), files[0], files[0][2]);
      const [href, , , width, height] = files[0];
      at(".picture").href = above + href;
      Object.assign(at("img"), { src: above + href, width, height, alt: alt || title });
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
    return item;
  };

  const more = () => {
    // What was built once is kept: its picture need not be loaded and laid out again at every key.
    by("found").append(...found.splice(0, STEP).map((one) => (one.item ??= build(one.row))));
    by("more").hidden = !found.length;
  };

  const tell = (n, total, words) => {
    by("count").textContent = words.length ? shown.replace("{n}", n).replace("{total}", total) : "";
    by("nothing").hidden = n > 0;
  };

  const filter = async () => {
    const typed = field.value;
    const words = fold(typed).split(/\s+/).filter(Boolean);
    const hits = ({ text }) => words.every((word) => text.includes(word));
    const address = typed.trim() ? `#q=${encodeURIComponent(typed.trim())}` : "";
    if (address || location.hash.startsWith("#q=")) {
      history.replaceState(null, "", address || location.pathname + location.search);
    }
    if (!search) {
      const n = here.filter((one) => !(one.item.hidden = !hits(one))).length;
      return tell(n, here.length, words);
    }
    const all = words.length ? await whole() : [];
    if (field.value !== typed) return;
    found = words.length ? all.filter(hits) : [];
    by("list").hidden = by("pages").hidden = words.length > 0;
    by("found").hidden = !words.length;
    by("found").replaceChildren();
    tell(words.length ? found.length : 1, all.length, words);
    more();
  };

  const seek = (text) => {
    field.value = text;
    filter();
  };

  // --- tags become buttons where pressing them does something
  const dress = (root) => {
    for (const tag of root.querySelectorAll(".tags > li")) {
      const button = Object.assign(document.createElement("button"), { textContent: tag.textContent });
      tag.replaceChildren(button);
    }
  };

  document.documentElement.classList.add("js");
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.copy) copy(button);
    else if (button?.closest(".tags")) {
      seek(button.textContent);
      scrollTo({ top: 0 });
      field.focus();
    }
  });
  if (!field) return;
  dress(document);
  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") seek("");
  });
  by("clear").addEventListener("click", () => {
    seek("");
    field.focus();
  });
  by("more")?.addEventListener("click", more);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
    event.preventDefault();
    field.focus();
  });
  const asked = () => {
    if (!location.hash.startsWith("#q=")) return;
    try {
      seek(decodeURIComponent(location.hash.slice(3)));
    } catch {
      seek(""); // a percent sign somebody typed into the address
    }
  };
  addEventListener("hashchange", asked);
  asked();
})();
