"""One file, planned but not yet rendered: recipe, manifest, fingerprint.

A *recipe* is a frozen value that holds all that one file's bytes depend on. Its *manifest* lists these ingredients, one
leaf a line, so that two of them can be compared by a person; its *fingerprint* is a digest of the manifest and of the
program's edition, so it changes exactly when an ingredient does. The code that hashes is the code that explains.

A path may hold ``{digest}``: publishing puts the digest of the rendered bytes there, so that the name of a share card
changes exactly when its bytes do (platforms cache cards by URL), whatever edition drew it.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from syndicate.findings import Finding
from syndicate.recent import Recent

DIGEST = "{digest}"
_SHORT = 8
LONG = 120
"""Strings longer than this stand in a manifest as their own digest."""

Json = str | int | float | bool | None | list[Any] | dict[str, Any]
"""Not recursive: msgspec, which reads it back from the ledger, cannot resolve a type that names itself."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A source file known by its content: same digest, same bytes, for ever.

    ``path`` is relative to the site's root, with ``/`` between its parts; a file that ships with the program begins
    with ``syndicate:`` (``syndicate:fonts/inter.ttf``). ``digest`` is the SHA-256 of its bytes, in hexadecimal.
    """

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Text:
    """A long text known by its content, and kept elsewhere until a recipe reads it. Its manifest is the text's own.

    ``escaped`` and ``quoted`` are the bytes that it takes in XML and in JSON, ``words`` and ``links`` digests of what
    it says (see ``wording``).
    """

    kept: Asset
    escaped: int = 0
    quoted: int = 0
    words: str = ""
    links: str = ""


Read = Callable[[Asset], bytes]
"""Give an asset's bytes, digest checked. The only way a recipe sees a file. Raises ``AssetError``."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a recipe made: the bytes, what others may want to know of them, and remarks."""

    data: bytes
    facts: Mapping[str, Json] | None = None
    findings: tuple[Finding, ...] = ()


def text_of(text: "str | Text", read: Read) -> str:
    """Return a text, wherever it is kept. Raises ``AssetError``."""
    return text if isinstance(text, str) else read(text.kept).decode("utf-8", "surrogatepass")


class Recipe(Protocol):
    """A frozen dataclass holding all that a file's bytes depend on."""

    def render(self, read: Read, /) -> Rendered:
        """Make the file. Same recipe, same bytes: no clock, no disk, no network, no chance."""
        ...


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file we promise to publish, and the recipe for its bytes.

    ``path`` is relative to the output and is also the artifact's name in the ledger; it may hold ``{digest}``.
    ``source`` names the article it is made from (empty for a file about the whole site), so that a source that
    cannot be read today does not take down what it published yesterday. ``points`` says that it names other artifacts,
    and so must be published after them. ``seal`` is what the bytes of a file hold that, once it stands, must never
    change again, whatever becomes of its ingredients: by these characters it is known for sealed without a ledger.
    """

    path: str
    media_type: str
    recipe: Recipe
    source: str = ""
    points: bool = False
    seal: str = ""

    @property
    def manifest(self) -> str:
        """The ingredients, one a line."""
        return "\n".join(_lines("", self.recipe))

    def ingredients(self) -> dict[str, str]:
        """A short digest for each field of the recipe: what ``--explain`` compares."""
        return {name: told[:_SHORT] for name, told in self._told()}

    def fingerprint(self, edition: str) -> str:
        """Digest of the ingredients under an edition of the program."""
        kind = type(self.recipe).__qualname__
        told = "\n".join(f"{name} {digest}" for name, digest in self._told())
        return digest_of(f"{edition}\n{self.path}\n{self.media_type}\n{kind}\n{told}".encode())

    def _told(self) -> list[tuple[str, str]]:
        """The digest of each field of the recipe."""
        recipe: Any = self.recipe
        names = _field_names(type(recipe)) or ()  # type: ignore[arg-type]  # taken for what hashes its instances
        return [(name, _digest(getattr(recipe, name))) for name in names]


@dataclass(frozen=True, slots=True)
class File:
    """A published file, as the ledger remembers it: where it stands, and what its recipe told of it."""

    path: str
    media_type: str
    digest: str
    size: int
    facts: Mapping[str, Json]


Standing = Mapping[str, File]
"""What stands in the output, by the artifact's path."""
Wave = Callable[[Standing], tuple[Artifact, ...]]
"""Artifacts that may be rendered in any order once those of the waves before them stand."""


def digest_of(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def _digest(value: Any) -> str:  # noqa: ANN401 -- as below
    """Return the digest of an ingredient. Artifacts of one plan share the large ones: these are told once."""
    if not isinstance(value, tuple) and _field_names(type(value)) is None:  # type: ignore[arg-type]  # as above
        return digest_of("\n".join(_lines("", value)).encode())
    return _digests.of(value) or _digests.keep(digest_of("\n".join(_lines("", value)).encode()), value)


_digests: Recent[str] = Recent(8)
"""Digests of ingredients told last. A plan tells those of one file after the other, so that few are enough."""


def _lines(where: str, value: object) -> list[str]:
    lines: list[str] = []
    _tell(lines.append, where, value)
    return lines


def _tell(say: Callable[[str], None], where: str, value: Any) -> None:  # noqa: ANN401 -- anything at all
    # Written for speed: a build with one article edited spends most of its time here.
    kind = type(value)
    if kind is str and len(value) <= LONG:
        say(f"{where} = {value!a}")
        return
    names = _field_names(kind)  # type: ignore[arg-type]  # taken for what hashes its instances
    if kind is Text:
        say(f"{where} = sha256:{value.kept.digest}")
    elif names is not None:
        say(f"{where}: {kind.__qualname__}")
        for name in names:
            _tell(say, f"{where}.{name}", getattr(value, name))
    elif isinstance(value, tuple):
        say(f"{where}: {len(value)}")
        for index, item in enumerate(value):
            _tell(say, f"{where}[{index}]", item)
    else:
        say(f"{where} = {_leaf(value)}")


@cache
def _field_names(kind: Any) -> tuple[str, ...] | None:  # noqa: ANN401 -- a type, which hashes as any other value
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


def _leaf(value: object) -> str:
    match value:
        case str() if len(value) > LONG:
            return f"sha256:{digest_of(value.encode('utf-8', 'surrogatepass'))}"
        case str():
            return ascii(value)
        case bool() | int() | float() | None:
            return repr(value)
        case datetime() if value.tzinfo is not None:
            return value.isoformat()
        case _:
            msg = f"{type(value).__name__} has no stable manifest; use a frozen dataclass, a tuple or a plain scalar"
            raise TypeError(msg)
