"""Which feeds a site has besides its own: one for each tag, author, section and language.

A kind that would only repeat the site's own feed (its one author, its one section, its one language) has none. Where a
feed stands depends on its own name alone, so no article elsewhere ever moves it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from syndicate.addresses import feed_folder
from syndicate.characters import one_line
from syndicate.model import Article, Author, Site

LANGUAGES = {
    "ar": "العربية",
    "bg": "Български",
    "ca": "Català",
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "et": "Eesti",
    "eu": "Euskara",
    "fa": "فارسی",
    "fi": "Suomi",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "hr": "Hrvatski",
    "hu": "Magyar",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "lt": "Lietuvių",
    "lv": "Latviešu",
    "nb": "Norsk bokmål",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "pt-br": "Português (Brasil)",
    "ro": "Română",
    "ru": "Русский",
    "sk": "Slovenčina",
    "sl": "Slovenščina",
    "sr": "Српски",
    "sv": "Svenska",
    "th": "ไทย",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
    "zh-cn": "简体中文",
    "zh-hans": "简体中文",
    "zh-hant": "繁體中文",
    "zh-tw": "繁體中文",
}
"""What languages call themselves; those that are not here go by their tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The articles of one feed, newest first: ``kind`` is "tags", "authors", "sections" or "languages"."""

    kind: str
    label: str
    folder: str
    language: str
    articles: tuple[Article, ...]
    authors: tuple[Author, ...] = ()


def shelves(site: Site) -> Iterator[Shelf]:
    """Yield what has a feed of its own, kind by kind, each in the order of its folders."""
    names: dict[str, Callable[[Article], Iterable[str]]] = {
        "tags": lambda article: article.tags,
        "authors": lambda article: (author.name for author in _authors(site, article)),
        "sections": lambda article: (article.section,),
        "languages": lambda article: (article.language,),
    }
    for kind, named in names.items():
        if kind in site.kinds:
            yield from _shelves(site, kind, named, fewest=1 if kind == "tags" else 2)


def _shelves(site: Site, kind: str, names: Callable[[Article], Iterable[str]], fewest: int) -> Iterator[Shelf]:
    articles: dict[str, list[Article]] = defaultdict(list)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for article in site.articles:
        for folder, label in {
            feed_folder(kind, label): label for label in map(one_line, names(article)) if label
        }.items():
            articles[folder].append(article)
            spellings[folder][label] += 1
    if len(articles) < fewest:
        return
    for folder in sorted(articles):
        yield _shelf(site, kind, folder, _usual(spellings[folder]), tuple(articles[folder]))


def _shelf(site: Site, kind: str, folder: str, label: str, articles: tuple[Article, ...]) -> Shelf:
    return Shelf(
        kind=kind,
        label=LANGUAGES.get(label.lower(), label) if kind == "languages" else label,
        folder=folder,
        language=label if kind == "languages" else site.language,
        articles=articles,
        authors=_bearing(label, site, articles[0]) if kind == "authors" else (),
    )


def _authors(site: Site, article: Article) -> tuple[Author, ...]:
    return article.authors or site.authors


def _bearing(name: str, site: Site, newest: Article) -> tuple[Author, ...]:
    """Return the author of a name as the newest article knows them."""
    wanted = feed_folder("authors", name)
    return tuple(
        author for author in _authors(site, newest) if feed_folder("authors", one_line(author.name)) == wanted
    )[:1]


def _usual(spellings: Counter[str]) -> str:
    """Return the spelling most articles use; of equals the first by code points, so that it never depends on order."""
    return min(spellings, key=lambda label: (-spellings[label], label))
