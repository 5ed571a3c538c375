"""Sites to measure with: articles of about 7 kB, each of other words, as every generator reads them."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

TITLE, HOME = "The Daily Measure", "https://measure.example/"
WORDS = (
    "harbour council winter market river budget school garden ferry orchestra library bridge tide budget mayor station"
    " baker museum engine forest signal letter window island valley captain doctor teacher history paper number journey"
    " answer season corner evening morning village theatre railway lantern bicycle kitchen granite timber copper linen"
    " after before under across between without during toward along among the a of to in on for with from by and but or"
    " opens closes rises falls votes builds paints carries measures repairs counts remembers forgets promises delays"
    " quiet narrow early open public local heavy bright former final second northern wooden careful sudden patient"
).split()
TAGS = tuple(f"{one} {two}" for one in ("City", "Coast", "Culture", "Sport") for two in ("news", "notes", "people"))
_LEAD_EVERY = 20
"""One article in so many has a lead image: 5 %."""


def write(root: Path, count: int, header: str = "yaml", folder: str = "content") -> None:
    """Write a site of so many articles, in folders of a thousand."""
    for number, text in articles(count):
        place = root / folder / f"{number // 1000:03}" / f"article-{number:06}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(fronted(number, header) + text, encoding="utf-8")
    pictures = root / "static" / "images"
    pictures.mkdir(parents=True, exist_ok=True)
    for number in range(0, count, _LEAD_EVERY):
        (pictures / f"{number % 200}.png").write_bytes(_PIXEL)


def articles(count: int) -> Iterator[tuple[int, str]]:
    """Yield the bodies, always the same."""
    for number in range(count):
        yield number, _body(random.Random(number))


def name(number: int) -> str:
    """Return the path of an article's file below the content folder."""
    return f"{number // 1000:03}/article-{number:06}.md"


def title(number: int) -> str:
    """Return the title of an article."""
    chance = random.Random(f"title {number}")
    return f"{' '.join(chance.choices(WORDS, k=6)).capitalize()} {number}"


def when(number: int) -> datetime:
    """Return the moment an article was published: one every hour."""
    return datetime(2012, 1, 1, 6, tzinfo=UTC) + timedelta(hours=number)


def fronted(number: int, header: str = "yaml") -> str:
    """Return the header of an article."""
    first, second = TAGS[number % len(TAGS)], TAGS[(number // len(TAGS)) % len(TAGS)]
    fields = {
        "title": f'"{title(number)}"',
        "date": when(number).isoformat(),
        "tags": f'["{first}", "{second}"]',
        "description": f'"What happened at {title(number)[:60]}."',
    }
    if number % _LEAD_EVERY == 0:
        fields |= {"image": f'"/images/{number % 200}.png"', "image_alt": '"A point"'}
    if header == "pelican":
        plain = {"title": title(number), "date": fields["date"], "tags": f"{first}, {second}"}
        return "".join(f"{key.capitalize()}: {value}\n" for key, value in plain.items()) + "\n"
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + "---\n\n"


def _body(chance: random.Random) -> str:
    parts = []
    for index in range(12):
        if index in (3, 7, 11):
            parts.append(f"## {_sentence(chance, 5)}\n")
        parts.append(" ".join(_sentence(chance, chance.randint(8, 20)) for _ in range(6)) + "\n")
    parts.insert(4, "\n".join(f"- {_sentence(chance, 6)}" for _ in range(5)) + "\n")
    parts.insert(8, f"> {_sentence(chance, 14)}\n")
    parts.insert(2, f"A [link](https://elsewhere.example/{chance.randint(1, 10**6)}) and *some* **emphasis**.\n")
    return "\n".join(parts)


def _sentence(chance: random.Random, words: int) -> str:
    return f"{' '.join(chance.choices(WORDS, k=words)).capitalize()}."


_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
