"""What a card says: its texts, chosen from article and site, and the words for those who cannot see it."""

import re
import unicodedata
from dataclasses import dataclass

from syndicate.cards.text import icu
from syndicate.cards.themes import slots
from syndicate.cards.themes.reading import Theme
from syndicate.model import Article, Site

_ALT_LETTERS = 420
"""X cuts a longer text alternative."""
_KICKER_LETTERS = 48
_PLACEHOLDER = re.compile(
    r"\s*(image|img|photo|picture|illustration|visuel|banner|cover|thumbnail|logo|hero|untitled|alt text)?[\s\d._-]*",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\S+\.(jpe?g|png|gif|webp|avif|svg)", re.IGNORECASE)
_FULL_STOPS = {"ja": "。", "zh": "。", "hi": "। ", "bn": "। ", "my": "။ ", "hy": "։ ", "am": "። ", "ur": "۔ "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts of a card and the languages they are set by. Empty ones are left out."""

    title: str
    language: str
    kicker: str = ""
    date: str = ""
    site: str = ""
    site_language: str = ""
    day: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is set."""
        return tuple(text for text in (self.title, self.kicker, self.date, self.site, *self.day) if text)


def of(article: Article, site: Site, theme: Theme) -> Words:
    """Return the texts of an article's card; where a theme's own fails, what it stands for."""
    said = values(article, site)
    made = {key: slots.fill(template, said) for key, template in theme.texts}
    texts = {key: str(said[key]) if text is None else text for key, text in made.items()}
    return Words(
        title=texts["title"] or article.title,
        language=article.language,
        kicker=texts["kicker"],
        date=texts["date"],
        site=texts["site"],
        site_language=site.language,
        day=_day(article) if theme.ornament == "calendar" else (),
    )


def values(article: Article, site: Site) -> slots.Values:
    """Return what a theme's templates may say."""
    authors = tuple(author.name for author in article.authors or site.authors)
    return {
        "title": article.title,
        "kicker": kicker(article),
        "date": icu.long_date(article.published, article.language),
        "site": site.title,
        "author": authors[0] if authors else "",
        "authors": authors,
        "section": article.section,
        "tags": article.tags,
        "summary": article.summary,
        "event": icu.long_date(article.event, article.language) if article.event else "",
        "language": article.language,
    }


def _day(article: Article) -> tuple[str, ...]:
    """Weekday, day, month and year of what an article announces."""
    when = article.event or article.published
    weekday, month = (icu.part_of_date(when, article.language, part) for part in ("EEEE", "yMMMM"))
    # The number alone, in the language's own digits: some write a word after it.
    number = "".join(one for one in icu.part_of_date(when, article.language, "d") if one.isdigit())
    return weekday, number or str(when.day), month


def kicker(article: Article) -> str:
    """Return the word or two over the title: the article's own, its section or its first tag: the first that fits."""
    known = [name.strip() for name in (article.kicker, article.section, *article.tags[:1])]
    fitting = [_readable(name) for name in known if name and len(name) <= _KICKER_LETTERS]
    return next((name for name in fitting if name.casefold() != article.title.casefold()), "")


def alternative(article: Article) -> str:
    """Return a card's text alternative: the full title, then what its lead image shows, in at most 420 characters.

    Texts that stand in for a description (a file name, the word "image") are dropped, as is one that only repeats the
    title.
    """
    title = article.title.strip()
    shown = " ".join((article.lead.alt if article.lead else "").split())
    if not _says_something(shown) or shown.casefold() == title.casefold():
        return _cut(title)
    stop = _FULL_STOPS.get(article.language.partition("-")[0].lower(), ". ")
    ended = unicodedata.category(title[-1:] or "x").startswith("P") and title[-1:] not in "»\"')]”’"
    return _cut(f"{title} {shown}" if ended else f"{title}{stop}{shown}")


def described(article: Article) -> str:
    """Return what an article's picture shows, for a picture without type; the title where nobody said."""
    shown = " ".join((article.lead.alt if article.lead else "").split())
    return _cut(shown if _says_something(shown) else article.title.strip())


def _readable(name: str) -> str:
    """Return a section or tag as words: a slug loses its hyphens, a word of small letters gets a capital."""
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name):
        name = name.replace("-", " ")
    return name[:1].upper() + name[1:] if name[:1].isascii() else name


def _says_something(alt: str) -> bool:
    return bool(alt) and not _PLACEHOLDER.fullmatch(alt) and not _FILE_NAME.fullmatch(alt)


def _cut(text: str) -> str:
    """Shorten at a word, with an ellipsis; never between a letter and its marks."""
    if len(text) <= _ALT_LETTERS:
        return text
    start = text[: _ALT_LETTERS - 1]
    at = start.rfind(" ")
    if at < _ALT_LETTERS // 2:
        at = len(start)
        while at > 0 and (unicodedata.combining(text[at]) or text[at] in "\u200d\ufe0f" or text[at - 1] == "\u200d"):
            at -= 1
    return start[:at].rstrip(" ,;:–—-") + "…"
