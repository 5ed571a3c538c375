"""Remarks as values: where, how grave, what to do.

The core never logs: it returns findings, and the command line shows them. Each has a *code* that names what was found
(``front-matter-unclosed``), and ``CATALOGUE`` says for each code how grave it is and what it means, so that
``syndicate explain CODE`` and the code that found it can never disagree.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is: an error costs an article or a file, a warning changes what readers see."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Kind:
    """What all findings of one code have in common. ``cure`` is said when the finding brings none of its own."""

    severity: Severity
    meaning: str
    cure: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One remark: ``path:line: message (help)``. ``line`` counts from 1; 0 stands for the file as a whole."""

    path: str
    line: int
    code: str
    message: str
    help: str

    @property
    def severity(self) -> Severity:
        """How grave it is, as the catalogue says."""
        return CATALOGUE[self.code].severity

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.code}: {self.message}"


def finding(code: str, path: str, message: str, *, line: int = 0, cure: str = "") -> Finding:
    """Return a finding of a known code. Raises ``KeyError`` for a code that is not in the catalogue."""
    return Finding(path, line, code, message, cure or CATALOGUE[code].cure)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, by path, line and code: the same order on every machine."""
    return tuple(sorted(set(findings)))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``, did you mean 'x'?`` where a known word is close, else nothing."""
    close = difflib.get_close_matches(word, tuple(known), n=1, cutoff=0.6)
    return f", did you mean {close[0]!r}?" if close else ""


_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

CATALOGUE: dict[str, Kind] = {
    # --- sources: the file as a file
    "source-unreadable": Kind(
        _ERROR, "The file could not be opened or read.", "Check that it exists and that you may read it."
    ),
    "source-not-a-file": Kind(
        _ERROR,
        "Something that is not a regular file (a FIFO, a device, a folder) stands among the articles.",
        "Move it out of the content folder.",
    ),
    "source-outside": Kind(
        _ERROR,
        "A link or a path leads out of the site; nothing outside the site is ever read.",
        "Put the file itself into the site.",
    ),
    "source-defeats": Kind(
        _ERROR,
        "The article could not be understood, by a fault of syndicate; all others are published.",
        "Report it with the file; until then write what the message names more plainly.",
    ),
    "source-too-large": Kind(
        _ERROR, "The source is larger than an article may be.", "Split it, or move data and pictures into files."
    ),
    "source-not-utf-8": Kind(
        _ERROR, "The source is not valid UTF-8, so its words cannot be known.", "Save it again as UTF-8."
    ),
    "characters-removed": Kind(
        _NOTE,
        "The source holds characters that XML forbids, which would cost a reader the whole feed. They were left out.",
        "Delete them in the source; they are usually invisible leftovers of a paste.",
    ),
    # --- front matter
    "front-matter-missing": Kind(
        _ERROR,
        "No front matter was found where articles must have it. Publishing it anyway could publish a draft.",
        "Begin the file with a line of three dashes, then the fields, then three dashes again.",
    ),
    "front-matter-unclosed": Kind(
        _ERROR, "The front matter begins but never ends.", "Close it with a line of its own: --- (or +++ for TOML)."
    ),
    "front-matter-invalid": Kind(
        _ERROR,
        "The front matter cannot be parsed, so nothing of the article is known for sure.",
        "Correct the line named.",
    ),
    "front-matter-hostile": Kind(
        _ERROR,
        "The front matter is larger, deeper or more repetitive than any real one (bombs look like this).",
        "Keep it under 64 kB, twelve levels deep, without tags, merge keys or piles of aliases.",
    ),
    "front-matter-duplicate-key": Kind(
        _WARNING, "A key stands twice in the front matter; the last one counts.", "Delete one of the two."
    ),
    # --- fields
    "field-invalid": Kind(
        _WARNING, "A field holds something of the wrong kind and was not used.", "Write it as the message says."
    ),
    "title-missing": Kind(
        _WARNING, "The article has no title; its file name was used.", "Add a title to the front matter."
    ),
    "title-long": Kind(
        _NOTE,
        "The title is longer than most platforms show.",
        "Nothing must be done; a shorter title is read more often.",
    ),
    "date-missing": Kind(
        _ERROR, "Neither the front matter nor the path says when the article was published.", "Add a date field."
    ),
    "date-invalid": Kind(_WARNING, "A date cannot be understood.", "Write it like 2024-03-08 15:13:00 +01:00."),
    "date-ambiguous": Kind(
        _WARNING,
        "A date can be read with the day or with the month first; it was not guessed.",
        "Write it like 2024-03-08.",
    ),
    "draft-skipped": Kind(_NOTE, "The article is a draft and was not published.", "Build with --drafts to see it."),
    "future-skipped": Kind(
        _NOTE, "The article is dated in the future and was not published yet.", "Build with --future to see it."
    ),
    "unpublished-skipped": Kind(
        _NOTE,
        "The article says that it is not to be published (published: false, or it has expired).",
        "None is needed.",
    ),
    "undated-skipped": Kind(
        _NOTE,
        "A page without a date stands among the articles; pages are not published in feeds.",
        "Add a date field if it is an article.",
    ),
    "body-refused": Kind(
        _ERROR,
        "The body is longer, deeper or wider than any reader could bear (bombs look like this).",
        "Split the article, or simplify its markup.",
    ),
    "body-flattened": Kind(
        _WARNING,
        "The body is nested deeper than any reader shows. Its innermost elements were taken out; their text stays.",
        "Close what is open, or quote less deeply.",
    ),
    "permalink-collision": Kind(
        _ERROR,
        "Two articles want the same address; the first by path keeps it, the other is not published.",
        "Give one of them another slug or permalink.",
    ),
    "permalink-guessed": Kind(
        _WARNING,
        "The site's own rule for addresses is not known here, so a default was used.",
        "Set `permalink` in syndicate.toml, or in the front matter.",
    ),
    "permalink-invalid": Kind(
        _ERROR, "The permalink climbs out of the site or is not an address.", "Write it like /2024/my-article/."
    ),
    "id-taken": Kind(
        _WARNING,
        "The article claims an id that another one has; readers would show only one of them. It goes by its address.",
        "Give it an id of its own, or none: copied front matter is the usual cause.",
    ),
    "translation-ambiguous": Kind(
        _WARNING,
        "Two articles in one language are said to be the same one; neither is linked with its translations.",
        "Give one of them another translation key, or none.",
    ),
    "markup-leaked": Kind(
        _NOTE,
        "Template code in the body (Liquid, shortcodes) has no meaning in a feed and was left out.",
        "None is needed if the article reads well without it.",
    ),
    # --- pictures
    "lead-image-missing": Kind(
        _WARNING,
        "The lead image is named but its file is not in the site; the card is set in type instead.",
        "Put the file where the front matter says, or correct the path.",
    ),
    "lead-image-unusable": Kind(
        _WARNING,
        "The lead image cannot be used: its bytes are not a picture we draw, or are damaged.",
        "Save it again as JPEG, PNG or WebP.",
    ),
    "lead-image-too-large": Kind(
        _WARNING,
        "The lead image would decode to more pixels than is safe or sensible.",
        "Save it smaller; 2400 pixels wide is plenty.",
    ),
    "extra-missing": Kind(
        _WARNING,
        "The lead image is of a kind (SVG, HEIC) that cards can use only with a library that is not installed.",
        'Install it: pip install "syndicate-cards[svg]" (drawings) or "syndicate-cards[heic]"; or save it as PNG.',
    ),
    "lead-image-external": Kind(
        _NOTE,
        "The lead image is on another host. A build needs no network: the card is set in type, feeds name its address.",
        "Put a copy of the picture into the site to have it on the card.",
    ),
    "lead-image-outside": Kind(
        _WARNING, "The lead image's path leads out of the site; it was not read.", "Put the picture into the site."
    ),
    "alt-missing": Kind(
        _NOTE,
        "The lead image has no text alternative that says what it shows.",
        "Add one next to the image (alt, image_alt, alternative-textuelle ...).",
    ),
    # --- enclosures
    "enclosure-missing": Kind(
        _WARNING,
        "A recording, film or document is named but its file is not in the site; feeds go without.",
        "Put the file where the front matter says, or correct the path.",
    ),
    "enclosure-unknown": Kind(
        _NOTE,
        "An attached file is on another host and nothing says how large it is, which feeds must tell; they go without.",
        "Give its size in bytes beside its address (length: 12345678), and its type where the name has no ending.",
    ),
    # --- settings and the site as a whole
    "base-url-missing": Kind(
        _WARNING,
        "No base URL is known, so the addresses in feeds and tags are those of a local preview.",
        "Set base_url in syndicate.toml, or build with --base-url.",
    ),
    "setting-invalid": Kind(_WARNING, "A setting cannot be used; the default was taken.", "Correct it."),
    "configuration-unread": Kind(
        _WARNING,
        "The generator's own configuration could not be read; what it says is not known here.",
        "Correct it, or say the same in syndicate.toml.",
    ),
    "git-untold": Kind(
        _WARNING,
        "Dates are to come from git, which knows none here.",
        'Install git and build in a clone of the repository, or take updated = "git" out of syndicate.toml.',
    ),
    "git-shallow": Kind(
        _WARNING,
        "Dates are to come from git, but this clone holds only the newest commits; its dates would be wrong.",
        "Fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in the checkout of a workflow.",
    ),
    "site-empty": Kind(
        _WARNING, "No article was found.", "Name the folder of the articles with `content` in syndicate.toml."
    ),
    # --- cards
    "glyph-missing": Kind(
        _WARNING,
        "No font at hand has a character of the card's text; it was left out.",
        "Name a font that has it under [cards] fonts in syndicate.toml, or add one with `syndicate fonts`.",
    ),
    "title-cut": Kind(
        _WARNING, "The title did not fit the card at the smallest size and was cut at a word.", "Shorten the title."
    ),
    "theme-unknown": Kind(
        _WARNING,
        "An article asks for a theme that nobody knows; its cards are made as if it had not.",
        "Take photograph, beside, editorial, block, quote, event, or the path of the site's own theme.",
    ),
    "theme-unsafe": Kind(
        _WARNING,
        "A theme's text asks for what could run for ever (loops, calls, macros, products); the article's own words were"
        " used instead.",
        "Write it with names, filters and conditions alone.",
    ),
    "theme-font-missing": Kind(
        _WARNING,
        "A theme prefers a typeface that is not at hand; the others were taken.",
        "Name its file under [cards] fonts in syndicate.toml, and its family in the theme.",
    ),
    "font-unusable": Kind(
        _WARNING, "A font of the site cannot be used; the shipped ones were taken.", "Name an intact TTF or OTF file."
    ),
    "logo-unusable": Kind(
        _WARNING, "The site's logo cannot be used; cards go without.", "Name a PNG or JPEG in the site."
    ),
    "card-heavy": Kind(
        _WARNING, "A card is heavier than platforms like, whatever the quality.", "Use a calmer lead image."
    ),
    # --- feeds
    "feed-heavy": Kind(
        _WARNING,
        "A feed is so large that validators and some readers stop before its end.",
        'Lower `limit` under [feeds] in syndicate.toml, or publish summaries (content = "summary").',
    ),
    # --- moving from another generator
    "feed-unread": Kind(_WARNING, "A file is larger than any feed and was not read.", "Name the feed itself."),
    "feed-malformed": Kind(
        _WARNING,
        "The old feed is not well formed; it was read as readers mend it.",
        "None is needed; entries after the line named may be missing from the comparison.",
    ),
    "feed-address-unknown": Kind(
        _WARNING,
        "The old feed does not name its own address, so nobody can tell whether it moves.",
        "Compare the address that readers have with those in feeds.opml; redirect it where they differ.",
    ),
    "feed-moved": Kind(
        _ERROR,
        "Readers fetch the old feed from an address where nothing would be published; some show every article again.",
        "Redirect the old address to the new one for good (301).",
    ),
    "entry-id-changed": Kind(
        _ERROR,
        "An article would get another id. Every reader would show it again, as new.",
        "Name the old id in the article's front matter (id: ...).",
    ),
    "entry-url-changed": Kind(
        _WARNING,
        "An article's address would change; links that people have shared lead nowhere.",
        "Set `permalink` in syndicate.toml so that addresses stay, or redirect the old ones.",
    ),
    "entry-title-changed": Kind(
        _WARNING, "An article's title would change in readers.", "None is needed if the new one is right."
    ),
    "entry-date-changed": Kind(
        _WARNING,
        "An article's date would change; some readers would sort it anew.",
        "Set `time_zone` in syndicate.toml if hours differ; write the date with its offset if one article's does.",
    ),
    "entry-gone": Kind(
        _WARNING,
        "An entry of the old feed is no article of the site as it is understood here.",
        "See `syndicate list` for sources that are not published, and why.",
    ),
    "entry-new": Kind(
        _NOTE,
        "An article would be in the site's feed that is in none of the old ones.",
        "Lower `limit` under [feeds] in syndicate.toml if old articles would show as new.",
    ),
    "brotli-missing": Kind(
        _NOTE,
        "Feeds are to be compressed, but the brotli package is not installed; they get .gz siblings only.",
        'Install it with `pip install "syndicate-cards[brotli]"`, or say compress = ["gzip"] under [feeds].',
    ),
    # --- publishing
    "render-failed": Kind(
        _ERROR, "A file could not be rendered; what stood before still stands.", "Report it, with the article."
    ),
}
