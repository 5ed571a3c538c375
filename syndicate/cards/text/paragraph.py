"""A text made ready to be set: each character knows its typeface, its script and its level; pieces know their width.

Widths are in em, so that they serve every size.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from syndicate.cards.text import bidi, icu, shape
from syndicate.cards.text.breaking import Break
from syndicate.cards.text.fonts import Faces, assigned, invisible
from syndicate.cards.text.shape import Face, Setting, Shaped

SPACES = " \u2003\u3000\u200b"
HYPHEN = "-"
Breaker = Callable[[str, str], tuple[Break, ...]]
"""Finds where the lines of a text in a language may end."""
_SELECTORS = "\ufe0e\ufe0f"
_RTL = frozenset("ar arc ckb dv fa he iw ji khw ks nqo prs ps sd syr ug ur yi".split())
_RTL_SCRIPTS = re.compile(r"-(?:arab|hebr|thaa|nkoo|syrc|adlm|aran)\b")
_SPACED = frozenset({"Latn", "Grek", "Cyrl", "Armn", "Geor", "Hebr", "Zyyy"})
"""Scripts whose letters stand apart, so that tracking may move them; it tears or crowds those of others."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are shaped together: ``drawer`` is the index of their typeface."""

    start: int
    end: int
    drawer: int
    level: int
    script: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two places where a line may end.

    ``inner`` is its advance at a line's end: without the spaces there, but with ink that hangs over; ``advance`` is the
    one among its neighbours, ``hyphen`` that of the hyphen shown when the line ends here; ``top`` and ``bottom`` are
    how far its ink reaches.
    """

    start: int
    end: int
    inner: float
    advance: float
    hyphen: float
    penalty: int
    top: float
    bottom: float


class Paragraph:
    """An itemised text and its faces. Characters that no face has are left out and named in ``missing``."""

    def __init__(self, text: str, setting: Setting, faces: Faces) -> None:
        self.faces: tuple[Face, ...] = faces.opened
        self.setting = setting
        kept, self.drawers, self.missing = _itemised(text, setting.language, self.faces)
        self.text = kept
        directions = bidi.resolve(kept, _base(kept, setting.language))
        self.rtl = bool(directions.base)
        self.levels = directions.levels
        self.scripts = shape.scripts(kept)
        self._broken: dict[Breaker, tuple[Piece, ...]] = {}

    @cached_property
    def advances(self) -> list[float]:
        """What each character adds to the length of the text, seen among its neighbours."""
        made = [0.0] * len(self.text)
        for run in self._runs(0, len(self.text)):
            for glyph in self._shape(self.text, run).glyphs:
                made[glyph.cluster] += glyph.advance
        return made

    def broken(self, breaker: Breaker) -> tuple[Piece, ...]:
        """Return what stands between the breaks that are found in a way; found and measured once."""
        if breaker not in self._broken:
            self._broken[breaker] = self.pieces(breaker(self.text, self.setting.language))
        return self._broken[breaker]

    def pieces(self, breaks: Iterable[Break]) -> tuple[Piece, ...]:
        """Measure what stands between breaks."""
        found: list[Piece] = []
        start = 0
        for one in breaks:
            shown = one.hyphen and ord(HYPHEN) in self.faces[self.drawers[one.at - 1]].covers
            found.append(self._piece(start, one if shown == one.hyphen else replace(one, hyphen=False)))
            start = one.at
        return tuple(found)

    def line(self, start: int, end: int, *, hyphen: bool) -> tuple[str, tuple[tuple[int, Shaped], ...]]:
        """Shape a line; return its text and its runs from left to right, each with the index of its typeface."""
        end = self._trimmed(start, end)
        shown = self.text[start:end] + HYPHEN * hyphen
        runs = self._runs(start, end)
        if hyphen:
            runs[-1] = Run(runs[-1].start, end + 1, runs[-1].drawer, runs[-1].level, runs[-1].script)
        ordered = [runs[index] for index in bidi.order([run.level for run in runs])]
        return shown, tuple((run.drawer, self._shape(shown, run, start)) for run in ordered)

    def _piece(self, start: int, one: Break) -> Piece:
        trimmed = self._trimmed(start, one.at)
        inner = [self._shape(self.text, run) for run in self._runs(start, trimmed)]
        over = sum(max(0.0, -run.lead) + max(0.0, -run.trail) for run in inner)
        hyphen = self._shape(HYPHEN, self._runs(trimmed - 1, trimmed)[0], trimmed - 1) if one.hyphen else None
        return Piece(
            start=start,
            end=one.at,
            inner=sum(run.advance for run in inner) + over,
            advance=sum(self.advances[start : one.at]),
            hyphen=hyphen.advance if hyphen else 0.0,
            penalty=one.penalty,
            top=max((run.top for run in inner), default=0.0),
            bottom=max((run.bottom for run in inner), default=0.0),
        )

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] in SPACES:
            end -= 1
        return end

    def _runs(self, start: int, end: int) -> list[Run]:
        runs: list[Run] = []
        keys = zip(self.drawers[start:end], self.levels[start:end], self.scripts[start:end], strict=True)
        at = start
        for (drawer, level, script), group in groupby(keys):
            after = at + sum(1 for _ in group)
            runs.append(Run(at, after, drawer, level, script))
            at = after
        return runs

    def _shape(self, text: str, run: Run, offset: int = 0) -> Shaped:
        span = (run.start - offset, run.end - offset)
        setting = self.setting
        if setting.tracking and run.script not in _SPACED:
            setting = Setting(setting.language, setting.weight, setting.optical)
        return shape.shape(self.faces[run.drawer], text, span, (run.script, bool(run.level & 1)), setting)


def _itemised(text: str, language: str, faces: Sequence[Face]) -> tuple[str, list[int], tuple[str, ...]]:
    kept: list[str] = []
    drawers: list[int] = []
    missing: list[str] = []
    clusters = tuple(map(_bare, icu.clusters(text, language)))
    for cluster, drawer in zip(clusters, assigned(clusters, faces), strict=True):
        if drawer is None:
            missing.append(cluster)
            continue
        drawn = "".join(one for one in cluster if _drawable(one, faces[drawer]))
        missing += [one for one in cluster if one not in drawn]
        kept.append(drawn)
        drawers += [drawer] * len(drawn)
    names = dict.fromkeys(f"U+{ord(one):04X}" for cluster in missing for one in cluster)
    return "".join(kept), drawers, tuple(names)


def _bare(cluster: str) -> str:
    """White space without variation selectors: they select nothing there, and draw a box."""
    return cluster.rstrip(_SELECTORS) if cluster[0].isspace() else cluster


def _drawable(character: str, face: Face) -> bool:
    if ord(character) in face.covers:
        return True
    return ord(" ") in face.covers if character.isspace() else invisible(character)


def _base(text: str, language: str) -> int | None:
    """The paragraph's level: its language's where the text has such letters, else its first strong character's."""
    tag = language.lower()
    base = int(tag.partition("-")[0] in _RTL or bool(_RTL_SCRIPTS.search(tag)))
    return base if bidi.has_strong(text, base) else None
