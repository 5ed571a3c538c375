"""syndicate.toml as values, with an address in every complaint.

Precedence, highest first: the command line, ``syndicate.toml`` (else ``[tool.syndicate]`` in ``pyproject.toml``), the
generator's own configuration, the defaults below. An empty value means "not said here". Reading files is loading's
work; this module turns text into values and has no other effect.
"""

import re
import tomllib
from dataclasses import is_dataclass
from typing import Annotated, Literal, TypeVar, get_type_hints

import msgspec
from msgspec import Meta, Struct

from syndicate.errors import SettingsError
from syndicate.findings import nearest
from syndicate.settings.feeds import HUB, Feeds

T = TypeVar("T")

_COLOUR = r"^(#[0-9A-Fa-f]{6})?$"
_BASE_URL = r"^(https?://[^\s/?#@]+(/[^\s?#]*)?)?$"
_KEY = r"^([A-Za-z0-9-]{8,128})?$"
_HANDLE = r"^(@[A-Za-z0-9_.-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)?$"
_LIKE = {
    _COLOUR: "a colour like #0b5fff",
    _BASE_URL: "an address like https://example.org/, without user and password",
    HUB: "an address like https://hub.example/, without user and password",
    _HANDLE: "an account like @news@example.social",
    _KEY: "8 to 128 letters, digits or hyphens",
}
"""What to say instead of a regular expression."""

Colour = Annotated[str, Meta(pattern=_COLOUR, description="A colour as #rrggbb.", examples=["#0b5fff"])]


Generator = Literal[
    "", "plain", "jekyll", "hugo", "zola", "pelican", "mkdocs", "eleventy", "docusaurus", "astro", "hexo", "obsidian",
    "ghost",
]  # fmt: skip


class Cards(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[cards]: how the share cards look."""

    enabled: Annotated[bool, Meta(description="Whether share cards are made.")] = True
    theme: Annotated[
        str,
        Meta(
            description="Which theme draws the cards: auto (the article decides), photograph, beside, editorial, block,"
            " quote, event, or the path of a theme's TOML file in the site.",
            examples=["auto", "block", "themes/ours.toml"],
        ),
    ] = "auto"
    tone: Annotated[Literal["auto", "light", "dark"], Meta(description="Whether grounds are light or dark.")] = "auto"
    outlets: Annotated[
        tuple[Literal["og", "square", "portrait", "pin", "story", "wide", "linkedin", "plain"], ...],
        Meta(description="Which cards are made; plain stands for three crops of the picture without type."),
    ] = ("og", "square", "portrait", "story", "plain")
    accent: Annotated[Colour, Meta(description="The brand's colour, as #rrggbb.")] = ""
    ground: Annotated[Colour, Meta(description="The ground of cards without a picture, as #rrggbb.")] = ""
    logo: Annotated[str, Meta(description="The logo's file (PNG or JPEG) in the site.")] = ""
    fonts: Annotated[
        tuple[str, ...], Meta(description="Font files (TTF or OTF) in the site, tried before the shipped ones.")
    ] = ()
    grace_days: Annotated[
        int, Meta(ge=0, le=3650, description="How long a card that was replaced stays, for posts that already show it.")
    ] = 30


Expression = Annotated[str, Meta(description="Where it is in the front matter: a key, or a JMESPath expression.")]


class Fields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[fields]: where the site's own front matter keys are; each goes before those that are known anyway."""

    title: Expression = ""
    published: Expression = ""
    updated: Expression = ""
    summary: Expression = ""
    author: Expression = ""
    tags: Expression = ""
    categories: Expression = ""
    language: Expression = ""
    translation: Annotated[str, Meta(description="What the translations of one article have in common.")] = ""
    slug: Expression = ""
    link: Annotated[str, Meta(description="Where an article really lives, when that is another site.")] = ""
    id: Annotated[str, Meta(description="What readers know an article by, if it is a URI.")] = ""
    lead_image: Annotated[
        str, Meta(description="The lead image: a path, or what holds one.", examples=["une-ou-diaporama[0].image"])
    ] = ""
    focal: Annotated[str, Meta(description="What of the lead image must survive a crop.")] = ""
    event: Annotated[str, Meta(description="When what an article announces begins.")] = ""
    theme: Annotated[str, Meta(description="The theme of an article's cards.")] = ""


class Tags(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[tags]: the head fragments of articles, and cards.json."""

    enabled: Annotated[bool, Meta(description="Whether head tags and cards.json are made.")] = True
    fediverse: Annotated[
        str,
        Meta(
            pattern=_HANDLE,
            description="The account of the Fediverse for articles whose authors name none.",
            examples=["@news@example.social"],
        ),
    ] = ""


class Gallery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[gallery]: the pages where people find cards."""

    enabled: Annotated[bool, Meta(description="Whether the gallery is made.")] = True


class Announce(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[announce]: who is told, once all stands, what changed. Nobody, unless something is said here."""

    hub: Annotated[bool, Meta(description="Whether the hub of [feeds] is told which feeds changed (WebSub).")] = False
    indexnow_key: Annotated[
        str,
        Meta(
            pattern=_KEY,
            description="A key of your own making: search engines are told which articles changed (IndexNow), and the"
            " file that proves the key is published.",
        ),
    ] = ""
    indexnow: Annotated[str, Meta(pattern=HUB, description="Which search engine passes it on to the others.")] = (
        "https://api.indexnow.org/indexnow"
    )
    webhook: Annotated[
        str, Meta(pattern=HUB, description="An address of your own that is told every URL that changed, signed.")
    ] = ""
    webhook_secret_env: Annotated[
        str, Meta(description="The environment variable that holds the webhook's secret.", examples=["PURGE_SECRET"])
    ] = ""
    allow_private: Annotated[
        bool, Meta(description="Whether hub and webhook may be on a private network or on this machine.")
    ] = False


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a site can say about how it is to be published."""

    title: Annotated[str, Meta(description="The site's name, on feeds and cards.")] = ""
    description: Annotated[str, Meta(description="One sentence about the site.")] = ""
    base_url: Annotated[
        str,
        Meta(
            pattern=_BASE_URL,
            description="The public address of the site, and of the output.",
            examples=["https://example.org/"],
        ),
    ] = ""
    language: Annotated[str, Meta(description="The site's main language, a BCP 47 tag.", examples=["fr", "pt-BR"])] = ""
    time_zone: Annotated[str, Meta(description="For dates without an offset.", examples=["Europe/Paris"])] = ""
    author: Annotated[str | tuple[str, ...], Meta(description="Who writes, where an article does not say.")] = ""
    content: Annotated[str, Meta(description="The folder of the articles, relative to the site.")] = ""
    generations: Annotated[
        int, Meta(ge=0, le=100, description="How many earlier states of the output rollback can go back to.")
    ] = 3
    vanish_share: Annotated[
        float, Meta(ge=0, le=1, description="Builds refuse to publish when more than this share of articles is gone.")
    ] = 0.5
    update_share: Annotated[
        float,
        Meta(ge=0, le=1, description="Builds refuse to publish when readers would see more than this share again."),
    ] = 0.5
    output: Annotated[str, Meta(description="Where to publish: a folder inside the site.")] = ""
    generator: Annotated[
        Generator, Meta(description="How the site is laid out; found out from its files where not said.")
    ] = ""
    built: Annotated[
        str,
        Meta(
            description="The built site's folder in the site: it is asked for addresses that only templates know.",
            examples=["_site"],
        ),
    ] = ""
    permalink: Annotated[
        str,
        Meta(
            description="The pattern of the articles' addresses: :slug :path :year :month :day :section.",
            examples=["/blog/:slug/"],
        ),
    ] = ""
    updated: Annotated[
        Literal["", "git"],
        Meta(description="Where an article does not say when it was changed: git takes the newest commit of its file."),
    ] = ""
    published: Annotated[
        Literal["", "git"],
        Meta(description="Where nothing says when an article was published: git takes the first commit of its file."),
    ] = ""
    feeds: Feeds = Feeds()
    cards: Cards = Cards()
    tags: Tags = Tags()
    gallery: Gallery = Gallery()
    announce: Announce = Announce()
    fields: Fields = Fields()

    @property
    def own(self) -> dict[str, str]:
        """The expressions of ``[fields]``, by what they find."""
        return {name: said for name, said in msgspec.structs.asdict(self.fields).items() if said}


def parse(text: str, path: str, table: tuple[str, ...] = ()) -> Settings:
    """Return the settings a TOML document holds, below ``table`` (``("tool", "syndicate")``).

    Raises ``SettingsError`` (see ``read``).
    """
    return read(text, path, Settings, table)


def read(text: str, path: str, kind: type[T], table: tuple[str, ...] = ()) -> T:
    """Return a TOML document as a value of a kind: a ``Struct``, or a dataclass.

    Raises ``SettingsError`` with path, line and key: for TOML that cannot be read, an unknown key (with the nearest
    known one) and a value of the wrong kind.
    """
    try:
        document: object = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        line = found[1] if found else text.count("\n") + 1  # the parser says "at end of document" for the last one
        raise SettingsError(f"{path}:{line}: {error}", "Correct the TOML.") from None
    for name in table:
        document = document.get(name, {}) if isinstance(document, dict) else {}
    _refuse_unknown(document, kind, text, path, table)
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        raise SettingsError(*_complaint(error, text, path, table)) from None


def schema() -> dict[str, object]:
    """The JSON Schema of ``syndicate.toml``, for editors that complete and check."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Settings)}


def _refuse_unknown(document: object, kind: type, text: str, path: str, table: tuple[str, ...]) -> None:
    if not isinstance(document, dict):
        return
    hints = get_type_hints(kind)
    known = tuple(hints)
    for key, value in document.items():
        if key not in known:
            where = address(text, path, table, key)
            shown = ".".join((*table, key))
            cure = f"Known keys: {', '.join(known)}."
            raise SettingsError(f"{where}: {shown}: unknown key{nearest(key, known)}", cure)
        inner = hints[key]
        if isinstance(inner, type) and (issubclass(inner, Struct) or is_dataclass(inner)):
            _refuse_unknown(value, inner, text, path, (*table, key))


def _complaint(error: msgspec.ValidationError, text: str, path: str, table: tuple[str, ...]) -> tuple[str, str]:
    problem, _, place = str(error).partition(" - at `$.")
    for pattern, words in _LIKE.items():
        problem = problem.replace(f"`str` matching regex {pattern!r}", words)
    keys = tuple(re.sub(r"\[.*?\]", "", part) for part in place.rstrip("`").split(".")) if place else ()
    where = address(text, path, (*table, *keys[:-1]), keys[-1]) if keys else path
    field = ".".join((*table, *keys))
    return f"{where}: {field}: {problem[:1].lower()}{problem[1:]}", "Run `syndicate schema` to see what each key takes."


def address(text: str, path: str, table: tuple[str, ...], key: str) -> str:
    """Find the line a key stands on, which TOML parsers forget; the path alone where it is spelled in another way."""
    current: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
        if header:
            current = tuple(part.strip(" \"'") for part in header[1].split("."))
            if current == (*table, key):
                return f"{path}:{number}"
        assigned = re.match(r"\s*([\w.\"'-]+)\s*=", line)
        if assigned:
            names = (*current, *(part.strip("\"'") for part in assigned[1].split(".")))
            if names[: len(table) + 1] == (*table, key):
                return f"{path}:{number}"
    return path
