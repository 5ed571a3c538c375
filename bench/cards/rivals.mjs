// One of the engines people pick for share cards today, in a process of its own: node rivals.mjs ENGINE KIND JOB
// JOB names a folder with titles.json, pictures/ and type.ttf; cards go to its out/. Prints CPU milliseconds and bytes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const [engine, kind, folder, first, last, quality = "88"] = process.argv.slice(2);
const job = JSON.parse(readFileSync(`${folder}/titles.json`, "utf8"));
const font = readFileSync(`${folder}/type.ttf`);
const [width, height] = [1200, 630];
const size = (title) => (title.length < 42 ? 88 : title.length < 80 ? 72 : 56);
const div = (style, children) => ({ type: "div", props: { style: { display: "flex", ...style }, children } });

function tree(title, picture) {
  const words = [
    div({ fontSize: 28, color: "#eef0f3" }, job.kicker),
    div({ fontSize: size(title), lineHeight: 1.12, color: "white", fontWeight: 700, marginTop: 16 }, title),
    div({ fontSize: 28, color: "#eef0f3", marginTop: 28 }, job.site),
  ];
  const fill = { position: "absolute", left: 0, top: 0, width, height };
  const layers = picture ? [{ type: "img", props: { src: picture, width, height, style: { ...fill, objectFit: "cover" } } }] : [];
  const scrim = picture === undefined ? { background: "#123a5a" } : { background: "linear-gradient(to top, rgba(0,0,0,.72), rgba(0,0,0,.1))" };
  layers.push(div({ ...fill, ...scrim }, []));
  const inner = { position: "absolute", left: 64, top: 64, width: width - 128, height: height - 128 };
  layers.push(div({ ...inner, flexDirection: "column", justifyContent: "flex-end" }, words));
  return div({ width, height, fontFamily: "Type" }, layers);
}

async function satoriCard(title, picture, overlay) {
  const { default: satori } = await import("satori");
  const { Resvg } = await import("@resvg/resvg-js");
  const shown = picture && !overlay ? `data:image/jpeg;base64,${picture.toString("base64")}` : overlay ? null : undefined;
  const svg = await satori(tree(title, shown), { width, height, fonts: [{ name: "Type", data: font, weight: 700 }] });
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render();
}

async function jpeg(rendered) {
  const { default: sharp } = await import("sharp");
  const raw = { width: rendered.width, height: rendered.height, channels: 4 };
  return sharp(rendered.pixels, { raw }).removeAlpha().jpeg({ quality: +quality }).toBuffer();
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

function lines(title, letters) {
  const found = [""];
  for (const word of title.split(" ")) {
    if ((found.at(-1) + word).length > letters && found.at(-1)) found.push("");
    found[found.length - 1] += `${word} `;
  }
  return found;
}

function overlay(title, scrim) {
  const px = size(title);
  const set = lines(title, Math.floor(1072 / (px * 0.56)));
  const top = 500 - (set.length - 1) * px * 1.12;
  const spans = set.map((line, i) => `<text x="64" y="${top + i * px * 1.12}" font-size="${px}" font-weight="700">${escaped(line)}</text>`);
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x1="0" y1="1" x2="0" y2="0">
    <stop offset="0" stop-opacity=".72"/><stop offset="1" stop-opacity=".1"/></linearGradient></defs>${scrim ? '<rect width="100%" height="100%" fill="url(#g)"/>' : ""}
    <g fill="white" font-family="Noto Sans, sans-serif">${spans.join("")}<text x="64" y="${top - px - 10}" font-size="28">${escaped(job.kicker)}</text>
    <text x="64" y="566" font-size="28">${escaped(job.site)}</text></g></svg>`);
}

const engines = {
  async "satori + resvg"(title, picture) {
    const rendered = await satoriCard(title, picture, false);
    return picture ? jpeg(rendered) : rendered.asPng();
  },
  async "satori + resvg + sharp"(title, picture) {
    const { default: sharp } = await import("sharp");
    const type = await satoriCard(title, picture, Boolean(picture));
    if (!picture) return sharp(type.pixels, { raw: { width, height, channels: 4 } }).png({ palette: true }).toBuffer();
    const over = { input: type.pixels, raw: { width, height, channels: 4 }, premultiplied: true };
    return sharp(picture).resize(width, height).composite([over]).jpeg({ quality: +quality }).toBuffer();
  },
  async takumi(title, picture) {
    const { Renderer } = await import("@takumi-rs/core");
    const { container, image, text } = await import("@takumi-rs/helpers");
    if (!globalThis.renderer) {
      globalThis.renderer = new Renderer({ cacheMaxBytes: 1 << 20 });
      await globalThis.renderer.registerFont({ name: "Type", data: font, weight: 700 });
    }
    const fill = { position: "absolute", left: 0, top: 0, width, height };
    const children = picture ? [image({ src: "lead", style: { ...fill, objectFit: "cover" } })] : [];
    const ground = picture ? { backgroundImage: "linear-gradient(to top, rgba(0,0,0,.72), rgba(0,0,0,.1))" } : { backgroundColor: "#123a5a" };
    children.push(container({ style: { ...fill, ...ground }, children: [] }));
    children.push(container({ style: { ...fill, display: "flex", flexDirection: "column", justifyContent: "flex-end", padding: 64 }, children: [
      text(job.kicker, { fontSize: 28, color: "#eef0f3" }),
      text(title, { fontSize: size(title), lineHeight: 1.12, color: "white", fontWeight: 700, marginTop: 16 }),
      text(job.site, { fontSize: 28, color: "#eef0f3", marginTop: 28 }),
    ] }));
    const options = { width, height, format: picture ? "jpeg" : "png", quality: +quality };
    if (picture) options.images = [{ src: "lead", data: picture, cache: "none" }];
    return globalThis.renderer.render(container({ style: { width, height, fontFamily: "Type" }, children }), options);
  },
  async "sharp + SVG"(title, picture) {
    const { default: sharp } = await import("sharp");
    if (!picture) {
      const ground = { create: { width, height, channels: 3, background: "#123a5a" } };
      return sharp(ground).composite([{ input: overlay(title, false) }]).png({ palette: true }).toBuffer();
    }
    return sharp(picture).resize(width, height).composite([{ input: overlay(title, true) }]).jpeg({ quality: +quality }).toBuffer();
  },
  async "astro-og-canvas"(title, picture, number) {
    const { generateOpenGraphImage } = await import("astro-og-canvas");
    const font = (size) => ({ size, color: [255, 255, 255], families: ["Noto Sans"], lineHeight: 1.12 });
    return generateOpenGraphImage({
      cacheDir: false,
      title,
      description: `${job.kicker} ${job.site}`,
      bgGradient: [[18, 58, 90]],
      bgImage: picture && { path: `${folder}/pictures/${number}.jpg`, fit: "cover" },
      padding: 64,
      font: { title: font(size(title)), description: font(28) },
      fonts: [`${folder}/type.ttf`],
      format: picture ? "JPEG" : "PNG",
      quality: +quality,
    });
  },
};

const picture = (number) => (kind === "photograph" ? readFileSync(`${folder}/pictures/${number}.jpg`) : undefined);
const out = `${folder}/out/${engine.replace(/\W+/g, "-")}`;
mkdirSync(out, { recursive: true });
await engines[engine](job.titles[0], picture(0), 0); // what is paid once: modules, fonts, caches
const before = process.cpuUsage();
const made = [];
for (let number = +first; number < +last; number++) made.push(await engines[engine](job.titles[number], picture(number), number));
const spent = process.cpuUsage(before);
made.forEach((data, index) => writeFileSync(`${out}/${kind}-${+first + index}.${kind === "photograph" ? "jpg" : "png"}`, data));
console.log(JSON.stringify({ ms: (spent.user + spent.system) / 1000 / made.length, bytes: made.map((data) => data.length) }));
