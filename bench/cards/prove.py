"""Prove what every card promises: contrast, bytes, likeness, and the same bytes wherever it is drawn; print a table.

    python bench/cards/prove.py SITE... [--every 1] [--themes]

Contrast is the least of any tile of type in the decoded file; likeness is SSIM to what was given to the encoder. Every
card is drawn three times: here, in worker processes, and in another process with another locale, time zone and hash
seed, in the opposite order. With ``--themes`` each article is drawn in all themes, whether it would get them or not.
A broken promise is listed, and the exit code is 1.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from syndicate import build, cards, engine
from syndicate.artifact import Artifact, Read, digest_of
from syndicate.build import Options
from syndicate.cards import themes
from syndicate.loading.sources import reader

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
from proving import MOST, Proof, proved

ELSEWHERE = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1234"}


@dataclass
class Tally:
    """What was seen of the cards of one outlet."""

    contrast: float = MOST
    heaviest: int = 0
    likeness: list[float] = field(default_factory=list)
    broken: int = 0

    def count(self, proof: Proof) -> None:
        """Add one card."""
        self.contrast = min(self.contrast, proof.worst)
        self.heaviest = max(self.heaviest, proof.size)
        self.likeness.append(proof.likeness)
        self.broken += proof.broken

    def line(self, site: str, outlet: str) -> str:
        """Return it as a line of the table."""
        least = f"{self.contrast:.2f}" if self.contrast < MOST else "no type"
        mean = sum(self.likeness) / len(self.likeness)
        seen = f"{least} | {self.heaviest:,} | {min(self.likeness):.4f} | {mean:.4f} | {self.broken}"
        return f"| {site} | {outlet} | {len(self.likeness)} | {seen} |"


class Wanted(NamedTuple):
    """What of a site is to be proved: one article in so many, in the themes they get or in all."""

    place: Path
    every: int
    themes: bool

    def cards(self) -> list[Artifact]:
        """Return the cards, each with a path of its own."""
        site = build.load(Options(site=self.place, now=datetime(2030, 1, 1, tzinfo=UTC))).site
        chosen = replace(site, articles=site.articles[:: self.every])
        if not self.themes:
            return list(cards.plan(chosen))
        dressed = ((name, [replace(one, theme=name) for one in chosen.articles]) for name in themes.NAMES)
        variants = ((name, replace(chosen, articles=tuple(articles))) for name, articles in dressed)
        return [replace(one, path=f"{name}:{one.path}") for name, made in variants for one in cards.plan(made)]

    def read(self) -> Read:
        """Return what opens the site's files."""
        return reader(self.place.resolve())


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take one article in so many")
    parser.add_argument("--themes", action="store_true", help="draw each article in all themes")
    parser.add_argument("--digests", action="store_true", help="only draw, the last card first, and print digests")
    asked = parser.parse_args()
    sites = [Wanted(place, asked.every, asked.themes) for place in asked.sites]
    if asked.digests:
        print(json.dumps({key: digest for site in sites for key, digest in drawn(site, engine.inline).items()}))
        return 0
    print("| site | outlet | cards | least contrast | heaviest, bytes | least SSIM | mean SSIM | broken |")
    print("|---|---|---|---|---|---|---|---|")
    complaints = [complaint for site in sites for complaint in judged(site)]
    print("\n" + ("\n".join(complaints) or "No promise is broken; the same bytes in processes and elsewhere."))
    return 1 if complaints else 0


def judged(site: Wanted) -> Iterator[str]:
    """Print a site's lines of the table; yield what is broken."""
    tallies: dict[str, Tally] = {}
    here: dict[str, str] = {}
    found = site.cards()
    for one, proof in zip(found, proved(found, site.read()), strict=True):
        tallies.setdefault(one.recipe.outlet.name, Tally()).count(proof)
        here[proof.path] = proof.digest
        if proof.broken:
            texts = ", ".join(f"{role} {ratio:.2f}" for role, ratio in proof.contrast)
            yield f"{site.place.name}: {proof.path}: {texts}; {proof.size:,} bytes; SSIM {proof.likeness:.4f}"
    for outlet, tally in tallies.items():
        print(tally.line(site.place.name, outlet), flush=True)
    yield from unlike(site, here, drawn(site, partial(engine.processes, jobs=2)), "in worker processes")
    yield from unlike(site, here, elsewhere(site), "in another locale and time zone")


def drawn(site: Wanted, kind: Callable[[Read], engine.Render]) -> dict[str, str]:
    """Return digests of the cards as an engine draws them, the last first."""
    made = {}
    for one, outcome in kind(site.read())(site.cards()[::-1]):
        if not isinstance(outcome, engine.Failure):
            made[one.path] = digest_of(outcome.data)
    return made


def elsewhere(site: Wanted) -> dict[str, str]:
    """Return digests of the cards as a process in another place draws them."""
    command = [sys.executable, __file__, str(site.place), "--every", str(site.every), "--digests"]
    command += ["--themes"] if site.themes else []
    done = subprocess.run(command, env={**os.environ, **ELSEWHERE}, capture_output=True, text=True, check=True)
    made: dict[str, str] = json.loads(done.stdout)
    return made


def unlike(site: Wanted, here: dict[str, str], there: dict[str, str], where: str) -> Iterator[str]:
    """Yield what came out otherwise."""
    for path, digest in here.items():
        if there.get(path) != digest:
            yield f"{site.place.name}: {path}: has other bytes {where}"


if __name__ == "__main__":
    sys.exit(main())
