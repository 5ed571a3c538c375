// The editing view: what is typed is drawn by the server, the link's card first, the other sizes once the hand rests.
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const at = (id) => document.getElementById(id);
  const { article, token, write, focus, telling } = document.body.dataset;
  const REST = 300;
  const fields = ["title", "kicker", "theme", "description"].map(at);
  const told = JSON.parse(telling);
  const picture = at("picture");
  let seen = document.body.dataset.seen;
  let point = JSON.parse(focus);
  let before = { point, values: fields.map((field) => field.value) };
  let version = 0;
  let resting = 0;

  // --- what is proposed: only what differs from the file
  const said = () => {
    const changed = fields.filter((field, index) => field.value !== before.values[index]);
    const found = Object.fromEntries(changed.map((field) => [field.name, field.value]));
    if (point && JSON.stringify(point) !== JSON.stringify(before.point)) found.focal = point;
    return found;
  };

  const ask = async (what, more = {}, again = true) => {
    const request = {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Syndicate": token },
      body: JSON.stringify({ article, said: said(), ...more }),
    };
    try {
      return await fetch(`/.edit/${what}`, request);
    } catch (error) {
      // The server lets no connection live long: one may have ended under this request.
      if (again) return ask(what, more, false);
      throw error;
    }
  };

  const complain = (text) => {
    at("wrong").textContent = text;
    for (const field of fields) field.toggleAttribute("aria-invalid", text.startsWith(`${field.name}:`));
    for (const field of fields) if (field.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
  };

  // --- cards
  const explain = (answer) => {
    const facts = JSON.parse(decodeURIComponent(answer.headers.get("X-Facts") || "%7B%7D"));
    const words = [facts.theme && `${facts.theme}: ${facts.why}`, ...(facts.remarks || [])];
    at("why").textContent = words.filter(Boolean).join(" · ");
  };

  const show = (image, data) => {
    const old = image.src;
    image.src = URL.createObjectURL(data);
    image.decode().catch(() => {}).finally(() => old.startsWith("blob:") && URL.revokeObjectURL(old));
  };

  const draw = async (figure, first) => {
    const mine = version;
    figure.setAttribute("aria-busy", "true");
    try {
      const answer = await ask("draw", { outlet: figure.dataset.outlet });
      if (!answer.ok) {
        const type = answer.headers.get("Content-Type") || "";
        const text = type.includes("json") ? (await answer.json()).error : await answer.text();
        if (mine === version) complain(text);
        return;
      }
      const data = await answer.blob();
      // Of the sizes that wait, one that is out of date is dropped; the card in front shows every step.
      if (mine !== version && !first) return;
      show(figure.querySelector("img"), data);
      if (first) {
        explain(answer);
        complain("");
      }
    } catch {
      if (mine === version) complain("The server does not answer: is it still running?");
    } finally {
      figure.removeAttribute("aria-busy");
    }
  };

  const first = document.querySelector(".first figure");
  const others = [...document.querySelectorAll(".strip figure")];
  let drawing = false;
  const front = async () => {
    if (drawing || !first) return;
    drawing = true;
    for (let drawn = -1; drawn !== version; ) {
      drawn = version;
      await draw(first, true);
    }
    drawing = false;
  };

  const rest = async () => {
    const mine = version;
    await header();
    for (const figure of others) {
      if (mine !== version) return;
      await draw(figure, false);
    }
  };

  // --- the front matter
  const matter = ({ header: text, lines }) => {
    const fresh = new Set(lines);
    const rows = text.replace(/\n+$/, "").split("\n");
    at("header").replaceChildren(
      ...rows.map((row, index) => {
        const line = document.createElement(fresh.has(index) ? "mark" : "span");
        line.textContent = `${row}\n`;
        return line;
      }),
    );
    // A new key stands at the end, maybe out of sight.
    const last = [...at("header").querySelectorAll("mark")].at(-1);
    at("header").scrollTop = last ? last.offsetTop - at("header").clientHeight / 2 : 0;
  };

  const header = async () => {
    const mine = version;
    const answer = await ask("header").catch(() => null);
    if (!answer || mine !== version) return;
    const found = await answer.json();
    at("save").disabled = !answer.ok || !found.changed.length;
    if (answer.ok) matter(found);
    else at("said").textContent = found.error;
  };

  const changed = () => {
    version += 1;
    at("said").textContent = "";
    at("both").hidden = true;
    at("telling").hidden = !told.includes(at("theme").value);
    at("heading").textContent = at("title").value || " ";
    clearTimeout(resting);
    resting = setTimeout(rest, REST);
    front();
  };

  // --- the focus
  const place = () => {
    const [x, y] = point || [0.5, 0.5];
    at("x").value = Math.round(x * 100);
    at("y").value = Math.round(y * 100);
    for (const [id, share] of [["x", x], ["y", y]]) at(`${id}-said`).textContent = point ? `${Math.round(share * 100)} %` : "auto";
    at("mark").style.setProperty("--x", x);
    at("mark").style.setProperty("--y", y);
    at("mark").hidden = !point;
  };

  const aim = (event) => {
    const frame = picture.getBoundingClientRect();
    const share = (from, length) => Math.round(Math.min(1, Math.max(0, from / length)) * 100) / 100;
    point = [share(event.clientX - frame.left, frame.width), share(event.clientY - frame.top, frame.height)];
    place();
    changed();
  };

  if (picture) {
    at("target").addEventListener("pointerdown", (event) => {
      event.preventDefault();
      at("target").setPointerCapture(event.pointerId);
      aim(event);
    });
    at("target").addEventListener("pointermove", (event) => {
      if (at("target").hasPointerCapture(event.pointerId)) aim(event);
    });
    for (const id of ["x", "y"])
      at(id).addEventListener("input", () => {
        point = [at("x").value / 100, at("y").value / 100];
        place();
        changed();
      });
    place();
  } else at("focal").hidden = true;

  // --- what one does
  for (const field of fields) field.addEventListener("input", changed);
  at("controls").addEventListener("submit", (event) => event.preventDefault());
  at("telling").hidden = !told.includes(at("theme").value);

  at("reset").addEventListener("click", () => {
    fields.forEach((field, index) => (field.value = before.values[index]));
    point = before.point;
    place();
    changed();
  });

  at("copy").addEventListener("click", async () => {
    await header();
    const text = at("header").textContent;
    try {
      await navigator.clipboard.writeText(text);
      at("said").textContent = "Copied: paste it over the front matter of the file.";
    } catch {
      getSelection().selectAllChildren(at("header"));
      at("said").textContent = "Selected: press Ctrl+C, then paste it over the front matter of the file.";
    }
  });

  at("save").hidden = !write;
  at("save").disabled = true;
  at("save").addEventListener("click", async () => {
    at("save").disabled = true;
    const values = { point, values: fields.map((field) => field.value) };
    let answer;
    try {
      answer = await ask("save", { seen });
    } catch {
      at("said").textContent = "The server does not answer: nothing is known of what was saved.";
      at("save").disabled = false;
      return;
    }
    const found = await answer.json();
    if (answer.ok) {
      before = values;
      seen = found.seen;
      matter(found);
      at("said").textContent = `Saved to ${found.source}.`;
    } else {
      const met = answer.status === 409;
      at("said").textContent = met ? `${found.error}: nothing was written. Compare, then save again to put your changes into it as it is now.` : found.error;
      at("both").hidden = !met;
      at("disk").textContent = found.disk || "";
      at("yours").textContent = found.yours || "";
      if (met) seen = found.now;
      at("save").disabled = !met;
    }
  });

  if (first) ask("draw", { outlet: first.dataset.outlet }).then((answer) => answer.ok && explain(answer)).catch(() => {});
});
