"""Articles made worse by chance, published as whole sites: no build fails, no feed is torn, nothing in them is alive.

``articles.py FOLDER [--count 100000] [--seed 1] [--corpus PLACE ...]`` takes real articles below each PLACE, and those
of ``content/``, makes sites of a thousand worse ones, publishes each with feeds, archives, tags and gallery, and judges
every file with parsers that the program does not use for writing. ``--fragments PLACE`` publishes every fragment of
HTML in the XML files below PLACE instead: those of a sanitiser's tests. It exits with 1 at the first thing wrong.
"""

import argparse
import resource
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from lxml import etree

from bench.faults.alive import alive_in, faults_of
from bench.faults.mutation import chance_of, mutated
from syndicate import build as building
from syndicate.report import Options

ROOT = Path(__file__).resolve().parents[2]
SITE = 1_000
_LARGE = 60_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = (
    'title = "Worse"\nbase_url = "https://worse.example/"\nlanguage = "en"\ncontent = "content"\n'
    "[cards]\nenabled = false\n[feeds]\narchive = true\n"
)
_BODIES, _BYTES = 0.6, 0.1
"""Of so many only the body is made worse; of so many what is no text any more stays so."""
WORDS = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg><script>1</script></svg>",
        "<svg/onload=alert(1)>", "<math><mtext><table><mglyph><style><img src onerror=1>",
        "<a href='java\tscript:alert(1)'>x</a>", "<!--", "-->", "[x](javascript:alert(1))",
        "![x](data:text/html,<script>1</script>)", "<https://[>", "]]>", "<![CDATA[", "<?php",
        "<iframe srcdoc='<script>1</script>'>", "<base href=//evil.example>", "<meta http-equiv=refresh content=0>",
        "<form action=javascript:1><button>", "<style>@import 'x'</style>",
        "<p style='background:url(javascript:1)'>", "&#x0;", "&#xD800;", "&lt;script&gt;", "&amp;amp;", "\x00",
        "\x08", "\ufffe", "\u202e", "\u2066", "\u2028", "\ud800", "e" + "\u0301" * 90, "<div>" * 300, "[" * 300,
        "*" * 300, "> " * 200, "`" * 99, "| a |\n|--|\n" * 20, "{{ x }}", "{% x %}", "---\n", "+++\n", "\n---\n",
        "draft: true\n", "title: ", "title: {a: [1, 2]}\n", "date: 2024-02-30\n", "tags: !!python/x\n",
        "a: &a [*a]\n", "<<: *a\n", "permalink: ../../../etc/passwd\n", "permalink: //evil.example/\n", "slug: con\n",
        "id: x\n", "image: /etc/passwd\n", "image: ../../x.png\n", "url: javascript:alert(1)\n",
        "author: {name: '<b>'}\n", "date: 99999-01-01\n", "date: 0000-00-00\n", "updated: 1e999\n",
        "expiryDate: yesterday\n", "template = 1", "language: '\"><x'\n", "1" * 400, "<xmp>",
        "<noscript><p title='</noscript><img src=x onerror=1>'>", "<select><template>", "<plaintext>", "<title>",
        "<textarea>",
    )
)  # fmt: skip


def main() -> None:
    """Run it from the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("place", type=Path)
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--corpus", type=Path, nargs="*", default=[])
    asked.add_argument("--fragments", type=Path)
    said = asked.parse_args()
    bench = Bench(said.place)
    if said.fragments:
        fragments = [*fragments_of(said.fragments)]
        for start in range(0, len(fragments), SITE):
            bench.publish([framed(start + at, one) for at, one in enumerate(fragments[start : start + SITE])])
    else:
        seeds = sources([ROOT / "content", *said.corpus])
        for start in range(0, said.count, SITE):
            numbers = range(start, min(start + SITE, said.count))
            bench.publish([worse(said.seed, number, seeds) for number in numbers])
    print("\n".join(bench.lines()))
    sys.exit(bool(bench.faults))


class Bench:
    """Sites published one after the other in one folder, and what was found."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.findings: Counter[str] = Counter()
        self.faults: list[str] = []
        self.articles = self.published = self.files = self.bodies = 0
        self.slowest = self.seconds = 0.0

    def publish(self, articles: list[bytes]) -> None:
        """Publish a site of these articles, and judge what stands then."""
        shutil.rmtree(self.place, ignore_errors=True)
        site, out = self.place / "site", self.place / "out"
        (site / "content").mkdir(parents=True)
        (site / "syndicate.toml").write_text(SETTINGS, encoding="utf-8")
        for number, data in enumerate(articles):
            (site / "content" / f"a{number:04}.md").write_bytes(data)
        began = perf_counter()
        built = building.build(Options(site=site, output=out, now=NOW))
        took = perf_counter() - began
        self.seconds, self.slowest = self.seconds + took, max(self.slowest, took)
        self.articles += len(articles)
        self.published += built.articles
        self.findings.update(one.code for one in built.findings)
        ours = {"source-defeats", "render-failed"}
        self.faults += [f"{one}: {self._kept(site, one.path)}" for one in built.findings if one.code in ours]
        self._judge(site, out)

    def _judge(self, site: Path, out: Path) -> None:
        if {one.name for one in self.place.iterdir()} != {"site", "out"}:
            self.faults.append("something was written beside the output")
        if {one.name for one in site.iterdir()} - {"content", "syndicate.toml", ".syndicate"}:
            self.faults.append("something was written into the site")
        for file in sorted(out.rglob("*")):
            if file.is_symlink() or not file.resolve().is_relative_to(out.resolve()):
                self.faults.append(f"{file} leads out of the output")
            elif file.is_file():
                self.files += 1
                bodies, faults = faults_of(file)
                self.bodies += bodies
                self.faults += [f"{file.relative_to(out)}: {fault}" for fault in faults]

    def _kept(self, site: Path, path: str) -> str:
        """Keep an article that something is wrong with, and say where."""
        source, kept = site / path, self.place.with_name(f"{self.place.name}-kept")
        if not source.is_file():
            return path
        kept.mkdir(exist_ok=True)
        return str(shutil.copy(source, kept / f"{len(self.faults):04}-{source.name}"))

    def lines(self) -> Iterator[str]:
        """Yield the report."""
        yield f"{self.articles:,} articles, {self.published:,} published"
        yield f"{self.files:,} files and {self.bodies:,} bodies judged"
        yield from (f"{count:9,}  {code}" for code, count in self.findings.most_common())
        ours, theirs = (
            resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        yield f"{self.seconds:.0f} s of builds, the slowest of a site {self.slowest:.1f} s"
        yield f"most memory: {theirs:.0f} MB a worker, {ours:.0f} MB here"
        yield from (f"FAULT: {fault}" for fault in self.faults)


def sources(places: list[Path]) -> list[bytes]:
    """Return the real articles below some folders."""
    found = [
        one for place in places for one in sorted(place.rglob("*.md")) if one.is_file() and one.stat().st_size < _LARGE
    ]
    return [one.read_bytes() for one in found]


def worse(seed: int, number: int, seeds: list[bytes]) -> bytes:
    """Return the article of a number."""
    chance = chance_of(seed, number)
    whole = chance.choice(seeds)
    head, fence, body = whole.rpartition(b"\n---\n") if chance.random() < _BODIES else (b"", b"", whole)
    made = head + fence + mutated(body, chance, seeds, WORDS)
    return made if chance.random() < _BYTES else made.decode("utf-8", "ignore").encode()


def framed(number: int, fragment: str) -> bytes:
    """Return an article with a fragment for its body."""
    head = f"---\ntitle: Fragment {number}\ndate: 2025-01-01 12:00:00 +00:00\nsummary: One\n---\n\n"
    return (head + fragment).encode("utf-8", "surrogatepass")


def fragments_of(place: Path) -> Iterator[str]:
    """Yield every text with markup in it of the XML files below a folder, and every element with markup inside."""
    for file in sorted(place.rglob("*.xml")):
        try:
            root = etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False, recover=True))
        except etree.XMLSyntaxError:
            continue
        for element in root.iter() if root is not None else ():
            text = element.text or ""
            if "<" in text or "&" in text or alive_in(text):
                yield text
            if isinstance(element.tag, str) and element.tag.endswith(("}div", "}svg", "}math")):
                yield etree.tostring(element, encoding="unicode", with_tail=False)


if __name__ == "__main__":
    main()
