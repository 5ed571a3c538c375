// Read one feed with one parser from npm, and print its entries as JSON: node read.mjs FOLDER PARSER ADDRESS
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, name, address] = process.argv.slice(2);
const require = createRequire(join(folder, "x.js"));
const load = async (module) => {
  try {
    return require(module);
  } catch (error) {
    if (error.code !== "ERR_REQUIRE_ESM" && error.code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") throw error;
    return import(pathToFileURL(require.resolve(module)));
  }
};
const text = await (await fetch(address)).text();
const iso = (when) => (when ? new Date(when).toISOString() : "");
const alternate = (links) => (links ?? []).find((link) => (link.rel ?? "alternate") === "alternate")?.href ?? "";

const parsers = {
  "rss-parser": async (Parser) => {
    const feed = await new Parser().parseString(text);
    return feed.items.map((item) => [item.guid ?? item.id, item.link, item.title, item.isoDate]);
  },
  feedsmith: ({ parseFeed }) => {
    const { format, feed } = parseFeed(text);
    const entries = {
      rss: (item) => [item.guid?.value, item.link, item.title, item.pubDate],
      atom: (item) => [item.id, alternate(item.links), item.title?.value ?? item.title, item.published],
      json: (item) => [item.id, item.url, item.title, item.date_published],
    };
    return (feed.items ?? feed.entries).map(entries[format]);
  },
  "@rowanmanning/feed-parser": ({ parseFeed }) =>
    parseFeed(text).items.map((item) => [item.id, item.url, item.title, item.published]),
};
const seen = await parsers[name](await load(name));
console.log(
  JSON.stringify(
    seen.map(([id, url, title, published]) => ({
      id: id ?? "",
      url: url ?? "",
      title: title ?? "",
      published: iso(published),
    })),
  ),
);
