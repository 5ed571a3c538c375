"""Prove what every card promises: contrast, bytes, likeness to the lossless composite; print a table.

    python bench/cards/prove.py SITE... [--every 1] [--likeness 10]

Contrast is what each card measured of its own published file, or of the colours it is painted with. Likeness (SSIM of
luma, windows of 8 by 8 pixels) compares the file with what was given to the encoder; it is slow, so only one card in
``--likeness`` is compared.
"""

import argparse
import io
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageMath

from syndicate import build, cards
from syndicate.cards import encode
from syndicate.cards.encode import Encoded
from syndicate.loading.sources import reader
from syndicate.report import Options

Encode = Callable[[Image.Image], Encoded]
LEAST_CONTRAST, MOST_BYTES, LEAST_LIKENESS = 4.5, 300_000, 0.97
_ONE, _TWO = (0.01 * 255) ** 2, (0.03 * 255) ** 2


@dataclass
class Tally:
    """What was seen of the cards of one outlet."""

    cards: int = 0
    contrast: float = 21.0
    heaviest: int = 0
    likeness: list[float] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)


def ssim(one: Image.Image, other: Image.Image) -> float:
    """Return the mean structural similarity of two pictures of one size (Wang and others, 2004)."""
    a, b = (image.convert("L").convert("F") for image in (one, other))

    def mean(image: Image.Image) -> list[float]:
        reduced = image.reduce(8)
        return list(memoryview(reduced.tobytes()).cast("f"))

    def product(x: Image.Image, y: Image.Image) -> Image.Image:
        return ImageMath.lambda_eval(lambda args: args["x"] * args["y"], x=x, y=y)

    means = zip(mean(a), mean(b), mean(product(a, a)), mean(product(b, b)), mean(product(a, b)), strict=True)
    scores = []
    for ma, mb, aa, bb, ab in means:
        va, vb, cov = max(0.0, aa - ma * ma), max(0.0, bb - mb * mb), ab - ma * mb
        scores.append((2 * ma * mb + _ONE) * (2 * cov + _TWO) / ((ma * ma + mb * mb + _ONE) * (va + vb + _TWO)))
    return sum(scores) / len(scores)


class Watched:
    """The last picture that was given to the encoder: the lossless composite of the card that came out."""

    last: Image.Image | None = None

    def __init__(self) -> None:
        for name in ("jpeg", "png"):
            setattr(encode, name, self._watching(getattr(encode, name)))

    def _watching(self, original: Encode) -> Encode:
        def run(image: Image.Image) -> Encoded:
            made = original(image)
            self.last = image.copy()
            return made

        return run


def proved(place: Path, every: int, likeness: int, watched: Watched) -> Iterator[tuple[str, float, int, float, str]]:
    """Yield outlet, contrast, bytes, likeness (0: not compared) and source of a site's cards."""
    site = build.load(Options(site=place, now=datetime(2030, 1, 1, tzinfo=UTC))).site
    read = reader(place.resolve())
    chosen = {one.source for one in site.articles[::every]}
    for number, card in enumerate(one for one in cards.plan(site) if one.source in chosen):
        made = card.recipe.render(read)
        shown = Image.open(io.BytesIO(made.data)).convert("RGB")
        score = ssim(shown, watched.last) if watched.last is not None and number % likeness == 0 else 0.0
        contrast = float((made.facts or {}).get("contrast", 21))
        yield card.recipe.outlet.name, contrast, len(made.data), score, card.source


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--likeness", type=int, default=10)
    asked = parser.parse_args()
    watched = Watched()
    print(f"{'site':24} {'outlet':12} {'cards':>6} {'contrast':>9} {'heaviest':>9} {'SSIM min':>9} {'mean':>6}  fails")
    for place in asked.sites:
        tallies: dict[str, Tally] = defaultdict(Tally)
        for outlet, contrast, size, score, source in proved(place, asked.every, asked.likeness, watched):
            one = tallies[outlet]
            one.cards, one.contrast = one.cards + 1, min(one.contrast, contrast)
            one.heaviest = max(one.heaviest, size)
            one.likeness += [score] if score else []
            if contrast < LEAST_CONTRAST or size > MOST_BYTES or 0 < score < LEAST_LIKENESS:
                one.bad.append(f"{source} ({contrast:.2f}, {size:,} bytes, SSIM {score:.3f})")
        for outlet, one in tallies.items():
            mean = sum(one.likeness) / len(one.likeness) if one.likeness else 0
            line = f"{place.name:24} {outlet:12} {one.cards:6} {one.contrast:9.2f} {one.heaviest:9,}"
            print(
                f"{line} {min(one.likeness, default=0):9.3f} {mean:6.3f}  {'; '.join(one.bad[:3]) or '-'}", flush=True
            )


if __name__ == "__main__":
    main()
