"""What the gallery says, in the languages it speaks: labels, dates, weights, directions.

Small tables of our own instead of the host's locale, so that a page is the same wherever it is made. Languages without
a table get English labels and numeric dates, which nobody misreads.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language of the interface. ``{n}`` and ``{total}`` stand for numbers."""

    language: str
    cards: str
    skip: str
    feeds: str
    articles: str
    filter: str
    hint: str
    shown: str
    nothing: str
    clear: str
    more: str
    download: str
    sizes: str
    uses: tuple[str, ...]
    copy: str
    copy_alt: str
    copy_link: str
    copied: str
    failed: str
    alt: str
    tags: str
    no_card: str
    pages: str
    newer: str
    older: str
    made: str
    empty: str
    begin: str
    then: str
    sample: str
    bytes: tuple[str, ...]
    months: tuple[str, ...]

    def use(self, outlet: str) -> str:
        """Say what an outlet is for; its own name where these words have none."""
        plain, _, proportion = outlet.partition("-")
        known = dict(zip(_OUTLETS, self.uses, strict=True)).get(plain, "")
        return f"{known} {proportion.replace('x', ':')}".strip() or outlet


_OUTLETS = ("og", "square", "portrait", "pin", "story", "wide", "linkedin", "plain")
ENGLISH = Words(
    language="en",
    cards="Share cards",
    skip="Skip to the articles",
    feeds="Feeds",
    articles="Articles",
    filter="Filter the articles",
    hint="Title, tag, author or text",
    shown="{n} of {total}",
    nothing="No article matches.",
    clear="Show all",
    more="Show more",
    download="Download",
    sizes="More sizes",
    uses=("Link", "Square", "Portrait", "Pin", "Story", "Wide", "LinkedIn", "Picture"),
    copy="Copy",
    copy_alt="Copy alt text",
    copy_link="Copy link",
    copied="Copied",
    failed="Could not copy",
    alt="Alt text",
    tags="Tags",
    no_card="No card",
    pages="Pages",
    newer="Newer articles",
    older="Older articles",
    made="Made with syndicate",
    empty="No articles yet",
    begin="Put a first one into the content folder: a Markdown file that begins like this.",
    then="Then build the site again, and its share card will be here.",
    sample="My first article",
    bytes=("B", "kB", "MB"),
    months=tuple("January February March April May June July August September October November December".split()),
)
FRENCH = Words(
    language="fr",
    cards="Cartes de partage",
    skip="Aller aux articles",
    feeds="Flux",
    articles="Articles",
    filter="Filtrer les articles",
    hint="Titre, étiquette, auteur ou texte",
    shown="{n} sur {total}",
    nothing="Aucun article ne correspond.",
    clear="Tout afficher",
    more="Afficher la suite",
    download="Télécharger",
    sizes="Formats",
    uses=("Lien", "Carré", "Portrait", "Épingle", "Story", "Large", "LinkedIn", "Image"),
    copy="Copier",
    copy_alt="Copier le texte alternatif",
    copy_link="Copier le lien",
    copied="Copié",
    failed="Copie impossible",
    alt="Texte alternatif",
    tags="Étiquettes",
    no_card="Pas de carte",
    pages="Pages",
    newer="Articles plus récents",
    older="Articles plus anciens",
    made="Fait avec syndicate",
    empty="Aucun article pour l’instant",
    begin="Placez-en un premier dans le dossier des articles\u202f: un fichier Markdown qui commence ainsi.",
    then="Puis publiez de nouveau le site\u202f: sa carte de partage apparaîtra ici.",
    sample="Mon premier article",
    bytes=("o", "ko", "Mo"),
    months=tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
)
_SPOKEN = {words.language: words for words in (ENGLISH, FRENCH)}
_RTL_LANGUAGES = frozenset("ar arc ckb dv fa glk he iw ji khw ks lrc mzn nqo pnb ps sd syr ug ur yi".split())
_RTL_SCRIPTS = frozenset("adlm arab hebr mand mend nkoo rohg samr syrc thaa".split())
_STRONG_RTL = frozenset({"R", "AL"})


def words_for(language: str) -> Words:
    """Return the interface in a language given as a BCP 47 tag, in English where it is not spoken here."""
    return _SPOKEN.get(_primary(language), ENGLISH)


def day(moment: datetime, language: str) -> str:
    """Write a day, as its author's clock showed it, the way a language does."""
    words = _SPOKEN.get(_primary(language))
    if words is None:
        return moment.date().isoformat()
    number = "1er" if words is FRENCH and moment.day == 1 else str(moment.day)
    return f"{number}\u00a0{words.months[moment.month - 1]} {moment.year}"


def weight(size: int, words: Words) -> str:
    """Write a number of bytes as people say it: three digits at most, decimal units as shops and networks use."""
    amount, unit = float(size), 0
    while amount >= 999.5 and unit < len(words.bytes) - 1:  # noqa: PLR2004 -- what would round to four digits
        amount, unit = amount / 1000, unit + 1
    number = f"{amount:.1f}" if unit and amount < 9.95 else f"{amount:.0f}"  # noqa: PLR2004 -- one decimal below ten
    return f"{number.replace('.', ',') if words is FRENCH else number}\u00a0{words.bytes[unit]}"


def right_to_left(language: str) -> bool:
    """Whether a language, given as a BCP 47 tag, is written from right to left; a script in the tag decides."""
    parts = language.lower().replace("_", "-").split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]  # noqa: PLR2004 -- ISO 15924
    return scripts[0] in _RTL_SCRIPTS if scripts else parts[0] in _RTL_LANGUAGES


def direction(text: str, language: str) -> str:
    """Return the ``dir`` of a text: its language's, unless nothing in it is written that way; then its own letters'.

    The first letter alone, as ``auto`` takes it, would turn a Persian title around that begins with a Latin name.
    """
    kinds = {unicodedata.bidirectional(character) for character in text}
    if right_to_left(language):
        return "rtl" if kinds & _STRONG_RTL or "L" not in kinds else "auto"
    return "ltr" if "L" in kinds or not kinds & _STRONG_RTL else "auto"


def _primary(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]
