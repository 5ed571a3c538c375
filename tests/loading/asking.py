"""Ask real generators where they publish: ``python tests/loading/asking.py pelican`` writes ``answers/pelican.json``.

Run where the generator is installed: Pelican and MkDocs beside this Python (``pip install 'pelican[markdown]'
mkdocs-material``), Hexo and Eleventy in ``node_modules`` of the current folder (``npm install hexo
hexo-renderer-marked @11ty/eleventy astro @docusaurus/plugin-content-blog``). An answer is a list of path, address below the site, moment and title.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from asked import SITES

HERE = Path(__file__).parent
HEXO = """
const Hexo = require('hexo');
(async () => {
  for (const dir of process.argv.slice(1)) {
    const hexo = new Hexo(dir, { silent: true });
    await hexo.init(); await hexo.load();
    const rows = hexo.locals.get('posts').toArray().map((p) =>
      ['source/' + p.source, '/' + decodeURI(p.permalink).replace(/^https:..example.org./, ''), p.date.toISOString(), p.title]);
    console.log(JSON.stringify(rows));
    await hexo.exit();
  }
})();
"""
DOCUSAURUS = """
const fs = require('node:fs'), path = require('node:path');
const { parseBlogFileName } = require(path.resolve('node_modules/@docusaurus/plugin-content-blog/lib/blogUtils.js'));
const { normalizeUrl } = require('@docusaurus/utils');
const { applyTrailingSlash } = require('@docusaurus/utils-common');
for (const dir of process.argv.slice(1)) {
  const config = require(path.join(dir, 'docusaurus.config.js'));
  const route = config.presets?.[0][1].blog.routeBasePath ?? 'blog';
  const files = fs.readdirSync(path.join(dir, 'blog'), { recursive: true }).filter((f) => /[.]mdx?$/.test(f));
  console.log(JSON.stringify(files.map((file) => {
    const own = /^slug: (.*)$/m.exec(fs.readFileSync(path.join(dir, 'blog', file), 'utf8'));
    const link = normalizeUrl(['/', route, own ? own[1] : parseBlogFileName(file).slug]);
    return ['blog/' + file, applyTrailingSlash(link, { trailingSlash: config.trailingSlash, baseUrl: '/' }), '', ''];
  })));
}
"""
ASTRO = """
const fs = require('node:fs'), path = require('node:path');
for (const dir of process.argv.slice(1)) {
  require('node:child_process').execFileSync(path.join(dir, 'node_modules/.bin/astro'), ['build'], {
    cwd: dir, stdio: 'ignore', env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' } });
  const dist = path.join(dir, 'dist');
  const rows = fs.readdirSync(dist, { recursive: true }).filter((f) => f.endsWith('.html')).map((file) => {
    const source = /name="source" content="([^"]*)"/.exec(fs.readFileSync(path.join(dist, file), 'utf8'))[1];
    const name = source.replace(/&#39;/g, "'").replace(/&amp;/g, '&').replace(/&#38;/g, '&');
    return [name, '/' + file.replace(/(^|\\/)index[.]html$/, '$1').replace(/[.]html$/, ''), '', ''];
  });
  console.log(JSON.stringify(rows));
}
"""
ELEVENTY = """
import Eleventy from '@11ty/eleventy';
import fs from 'node:fs';
const home = process.cwd();
for (const dir of process.argv.slice(1)) {
  process.chdir(dir);
  const eleventy = new Eleventy(undefined, undefined, { quietMode: true, configPath: 'eleventy.config.js' });
  let rows = [];
  eleventy.setIsVerbose(false);
  const json = await eleventy.toJSON();
  console.log(JSON.stringify(json.map((p) => [p.inputPath.replace(/^\\.\\//, ''), decodeURI(p.url), '', ''])));
  process.chdir(home);
}
"""
SCRIPTS = {"hexo": HEXO, "eleventy": ELEVENTY, "docusaurus": DOCUSAURUS, "astro": ASTRO}


def pelican(folder: Path) -> list[list[str]]:
    from pelican import Pelican, signals
    from pelican.settings import read_settings

    rows: list[list[str]] = []

    def remember(generator: object) -> None:
        rows.extend(
            [f"content/{one.relative_source_path}", f"/{one.url}", one.date.isoformat(), str(one.title)]
            for one in (*generator.articles, *generator.translations)
        )

    signals.article_generator_finalized.connect(remember)
    os.chdir(folder)
    Pelican(read_settings("pelicanconf.py", {"OUTPUT_PATH": str(folder / "out")})).run()
    signals.article_generator_finalized.disconnect(remember)
    return rows


def mkdocs(folder: Path) -> list[list[str]]:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / "site"))
    build(config)
    blog = config.plugins["material/blog"]
    return [
        [f"docs/{post.file.src_uri}", f"/{post.file.url}", post.config.date.created.isoformat(), str(post.title)]
        for post in blog.blog.posts
    ]


def node(script: str, folders: list[Path], *, module: bool) -> list[list[list[str]]]:
    home = Path("node_modules").resolve()
    for folder in folders:
        (folder / "node_modules").symlink_to(home)
    kind = ["--input-type=module"] if module else []
    answers = []
    for folder in folders:
        config = folder / "_config.yml"
        zone = re.search(r"timezone: (\S+)", config.read_text(encoding="utf-8")) if config.exists() else None
        # Hexo forms addresses by the clock of the machine: let it be that of the site's author.
        environment = {**os.environ, "TZ": zone[1] if zone else "UTC"}
        command = ["node", *kind, "-e", script, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        sys.stderr.write(done.stderr[-3000:])
        answers += [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    return answers


def main(generator: str) -> None:
    answers: list[list[list[str]]]
    with tempfile.TemporaryDirectory() as temporary:
        folders = []
        for number, site in enumerate(SITES[generator]):
            folder = Path(temporary).resolve() / str(number)
            for path, text in site.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text, encoding="utf-8")
            folders.append(folder)
        if generator in SCRIPTS:
            answers = node(SCRIPTS[generator], folders, module=generator == "eleventy")
        else:
            answers = [{"pelican": pelican, "mkdocs": mkdocs}[generator](folder) for folder in folders]
    os.chdir(HERE)
    text = json.dumps([sorted(rows) for rows in answers], ensure_ascii=False, indent=0)
    (HERE / "answers" / f"{generator}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
