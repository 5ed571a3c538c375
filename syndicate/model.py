"""The nouns of the house: a site has articles, an article may have a lead picture, and gets cards.

Everything here is frozen and already safe to use: texts are free of characters XML forbids, HTML is sanitised and its
addresses are absolute, URLs are ASCII, times carry their offset. Loading sees to that; nobody below asks again.
"""

from dataclasses import dataclass, field
from datetime import datetime

from syndicate.artifact import Asset, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote it. What is unknown is empty; ``handle`` is an account of the Fediverse, as ``@name@host``."""

    name: str
    url: str = ""
    email: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image an article shows.

    ``url`` is where the site itself serves it (absolute, ASCII). ``asset`` is its file, or ``None`` where it lives on
    another host or is gone; then ``width``, ``height`` (pixels, as displayed) and ``size`` (bytes) are 0 and
    ``media_type`` is a guess from the name. ``alt`` is empty where the picture is decorative or nobody described it.
    ``focus`` is what must survive a crop: from the left and from the top, each between 0 and 1.
    """

    url: str
    alt: str = ""
    asset: Asset | None = None
    media_type: str = "image/jpeg"
    width: int = 0
    height: int = 0
    size: int = 0
    focus: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that goes with an article: something to hear, to watch, or to print.

    ``url`` is absolute and ASCII, ``size`` in bytes and true, ``duration`` in seconds or 0 where unknown.
    """

    url: str
    media_type: str
    size: int
    title: str = ""
    duration: int = 0

    @property
    def plays(self) -> bool:
        """Whether it is heard or watched."""
        return self.media_type.startswith(("audio/", "video/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """What an article says of itself as an episode of a podcast; 0 and ``None`` where it says nothing."""

    number: int = 0
    season: int = 0
    explicit: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Podcast:
    """A site's declaration that its feed is a podcast. ``category`` may name a subcategory after ``>``.

    ``image`` is an absolute address; ``guid`` is empty where the feed's address decides (Podcasting 2.0).
    """

    title: str = ""
    author: str = ""
    email: str = ""
    category: str = ""
    image: str = ""
    explicit: bool = False
    locked: bool = False
    guid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same article in another language."""

    language: str
    permalink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece of writing, read and checked.

    ``source`` is its path in the site, for findings. ``permalink`` is its address, ``id`` what readers know it by,
    ``link`` where it really lives when that is elsewhere. ``title`` and ``summary`` are plain text, ``html`` is safe
    and absolute. ``language`` is a BCP 47 tag. Published and updated carry the author's own offset; ``dated`` says that
    the source itself tells when it was updated, so that nothing else has to find out.
    ``event`` is when what it announces begins, ``theme`` which one its cards shall have, ``kicker`` what
    stands over their titles; empty: what it has decides.
    """

    source: str
    permalink: str
    id: str
    title: str
    published: datetime
    updated: datetime
    language: str
    summary: str = ""
    html: str | Text = ""
    tags: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    section: str = ""
    lead: Picture | None = None
    link: str = ""
    translations: tuple[Translation, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    episode: Episode | None = None
    event: datetime | None = None
    theme: str = ""
    kicker: str = ""
    dated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of an article that was deleted: its id, and when that was noticed."""

    id: str
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a site has been, as far as its feeds must know.

    ``volumes`` are the closed archive documents from the oldest on: the permalinks of those of their articles that
    still exist. ``tombstones`` are the recent deletions, ``deleted`` is the moment of the last one ever. ``home`` is
    the base URL under which feeds got their ids; empty where that is today's.
    """

    volumes: tuple[tuple[str, ...], ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    deleted: datetime | None = None
    home: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """A font file at hand, with the characters it has glyphs for.

    ``name`` is the family; ``colour`` marks a font of colour glyphs (emoji); ``variable`` one with a weight axis.
    """

    asset: Asset
    name: str
    covers: frozenset[int] = field(repr=False)
    colour: bool = False
    variable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFile:
    """A theme that the site brings: its path in the site, and its text (TOML)."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the site's cards look: a theme's name ("auto" lets the article decide), brand colours, logo and type.

    Colours are ``#rrggbb``. ``typefaces`` are in order of preference; the first that has a character draws it.
    ``outlets`` names the uses that cards are made for; ``tone`` is "light", "dark" or "auto"; ``themes`` are the site's
    own.
    """

    theme: str = "auto"
    outlets: tuple[str, ...] = ("og",)
    tone: str = "auto"
    themes: tuple[ThemeFile, ...] = ()
    accent: str = ""
    ground: str = ""
    logo: Picture | None = None
    typefaces: tuple[Typeface, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that was loaded; articles newest first.

    ``base_url`` ends with a slash: what is published at path ``p`` of the output is served at ``base_url + p``.
    ``feed_limit`` is how many entries a site feed has; ``full_content`` whether entries carry the whole article or
    only its summary; ``kinds`` what has feeds of its own; ``archive``, ``tags``, ``gallery`` and ``cards`` whether
    these are made at all; ``shared`` that the output also holds the site's own pages, so that the gallery leaves them
    the front; ``moved`` pairs paths at which feeds once stood with the addresses they moved to; ``podcast``
    what makes the feed one; ``packed`` the endings of the siblings that feeds get ("gz", "br"), ``servers`` those that
    snippets are written for; ``hub`` is the WebSub hub that passes on what is new, ``handle`` the account of the
    Fediverse for articles whose authors name none, ``key`` what search engines know who speaks for the site by
    (IndexNow).
    """

    title: str
    base_url: str
    language: str
    description: str = ""
    authors: tuple[Author, ...] = ()
    articles: tuple[Article, ...] = ()
    feed_limit: int = 20
    full_content: bool = True
    kinds: tuple[str, ...] = ("tags", "authors", "sections", "languages")
    archive: bool = True
    tags: bool = True
    gallery: bool = True
    shared: bool = False
    moved: tuple[tuple[str, str], ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    podcast: Podcast | None = None
    packed: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()
    cards: bool = True
    look: Look = Look()
    hub: str = ""
    handle: str = ""
    key: str = ""
    history: History = History()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A share card as it stands in the output; ``facts`` tells why it looks as it does.

    ``outlet`` names the use ("og"), ``path`` is relative to the output, ``url`` absolute, ``alt`` its text alternative.
    """

    article: str
    outlet: str
    width: int
    height: int
    path: str
    url: str
    media_type: str
    digest: str
    size: int
    alt: str
    facts: tuple[tuple[str, str], ...] = ()
