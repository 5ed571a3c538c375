// The sheet: captions that fit, copying, sharing, taking away. Without it the page still shows and gives everything.
(() => {
  "use strict";
  const { compose, copyText, count, pack, save, tracked } = globalThis.syndicate;
  const by = (id) => document.getElementById(id);
  const said = document.body.dataset;
  const article = JSON.parse(by("data").textContent);
  const [caption, network, campaign] = ["caption", "network", "campaign"].map(by);
  const fill = (text, n, limit) => text.replace("{n}", n).replace("{limit}", limit);

  // --- what was taken here before, and whether the card is still that one
  const memory = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* a browser that keeps nothing */ } },
  };
  const MINE = `syndicate:taken:${location.pathname}`;
  const card = article.files[0]?.href ?? "";
  const before = memory.get(MINE);
  if (before !== null && before !== card) by("changed").hidden = false;
  const taken = () => memory.set(MINE, card);

  // --- captions
  const chosen = () => article.networks.find((one) => one.key === network.value) ?? article.networks[0];
  const slug = () => article.link.split("#")[0].split("/").filter(Boolean).at(-1) ?? "";
  const link = () => tracked(article.link, campaign.value, network.value, slug());
  const tell = () => {
    const { count: how, limit } = chosen();
    const n = count(caption.value, how);
    by("count").textContent = fill(limit ? (n > limit ? said.over : said.counted) : said.uncounted, n, limit);
    by("count").classList.toggle("over", limit > 0 && n > limit);
  };
  const write = () => {
    const shown = document.querySelector("[data-text=link]");
    if (shown) shown.textContent = link();
    caption.value = compose({ ...article, link: link() }, chosen());
    tell();
  };
  for (const { key, name } of article.networks) network.append(new Option(name, key));
  network.value = memory.get("syndicate:network") ?? "x";
  if (!network.value) network.selectedIndex = 0;
  network.addEventListener("change", () => {
    memory.set("syndicate:network", network.value);
    write();
  });
  campaign.addEventListener("change", write);
  caption.addEventListener("input", tell);
  write();

  // --- copying
  const flash = (button, text) => {
    button.dataset.said = by("said").textContent = text;
    setTimeout(() => {
      delete button.dataset.said;
      by("said").textContent = "";
    }, 1600);
  };
  const note = (text, files = []) => {
    by("note").replaceChildren(text);
    for (const { href, name } of files) {
      by("note").append(" ", Object.assign(document.createElement("a"), { href, download: name, textContent: name }));
    }
  };
  const copy = async (button) => {
    const what = button.dataset.copy;
    const text = what === "caption" ? caption.value : document.querySelector(`[data-text=${what}]`).textContent;
    try {
      await copyText(text);
      taken();
      flash(button, said.copied);
    } catch {
      flash(button, said.failed);
    }
  };

  // --- the picture itself: clipboards take PNG only
  const drawn = async () => {
    const image = by("card");
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.naturalWidth, height: image.naturalHeight });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return new Promise((done, fail) => {
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("empty"))), "image/png");
    });
  };
  const download = () => {
    taken();
    document.querySelector(".download")?.click();
  };
  const copyImage = async (button) => {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": drawn() })]);
      taken();
      flash(button, said.copied);
    } catch {
      download();
    }
  };
  const share = async () => {
    const { name, href } = article.files[0];
    try {
      const answer = await globalThis["fetch"](href);
      const file = new File([await answer.blob()], name, { type: answer.headers.get("content-type") ?? "image/jpeg" });
      const all = { files: [file], title: article.title, text: caption.value };
      if (!navigator.canShare?.(all)) throw new Error("no share sheet");
      await navigator.share(all);
      taken();
    } catch (reason) {
      if (reason.name !== "AbortError") download();
    }
  };
  const take = async () => {
    try {
      const zip = await pack([article], article.networks, (n, limit) => note(fill(said.working, n, limit)));
      note("");
      taken();
      save(zip, `${article.files[0].name.split("_").slice(0, 2).join("_")}.zip`);
    } catch {
      note(said.blocked, article.files);
    }
  };

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button, a[download]");
    if (button?.dataset.copy) copy(button);
    else if (button?.id === "image") copyImage(button);
    else if (button?.id === "share") share();
    else if (button?.id === "zip") take();
    else if (button?.download) taken();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio]), textarea, select")) return;
    if (event.key === "d") download();
    else if (event.key === "c") copy(document.querySelector("[data-copy=caption]"));
    else if (event.key === "?") by("help").showModal();
    else if (event.key === "/") location.href = document.querySelector(".back").href;
    else return;
    event.preventDefault();
  });
  // A lead picture may stand beside the page only once the site is published: its frame stays, without a broken sign.
  const absent = (image) => image.classList.add("absent");
  document.addEventListener("error", ({ target }) => { if (target.closest(".shot")) absent(target); }, true);
  for (const image of document.querySelectorAll(".shot img")) if (image.complete && !image.naturalWidth && image.currentSrc) absent(image);
  if (matchMedia("(prefers-color-scheme: dark)").matches) {
    const dark = by("dark");
    if (dark) dark.checked = true;
  }
})();
