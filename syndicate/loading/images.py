"""Images: which value of a header is a lead image, and which file of the site it means.

A census found about twenty spellings of the key and as many things under them that are no image, so the *value* is
judged: a string with an image's ending, a mapping or a list that holds one. Files are looked for where the generators
serve them from; nothing outside the site is read, and nothing is fetched.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from syndicate.addresses import absolute, canonical
from syndicate.loading.fields import Fields, label
from syndicate.loading.frontmatter import fold
from syndicate.loading.sources import SourceError, Tree
from syndicate.model import Picture

ROOTS = ("", "static", "public", "src", "assets", "content", "docs", "source", "uploads", "src/assets")
_KEYS = (
    "lead_image", "image", "images", "cover", "cover_image", "hero", "hero_image", "featured_image", "featuredimage",
    "feature_image", "featureimage", "header_image", "headerimage", "header.image", "header.overlay_image",
    "header.teaser", "banner", "banner_img", "banner_image", "thumbnail", "thumb", "teaser", "preview", "photo",
    "picture", "img", "og_image", "ogimage", "social_image", "socialimage", "social.image", "image-mise-en-avant",
    "une-ou-diaporama", "illustration", "visuel", "extra.image", "extra.cover", "extra.banner", "extra.og_image",
    "params.image", "params.cover", "coverimage", "heroimage", "bannerimage", "resources",
)  # fmt: skip
_SOURCES = ("image", "src", "path", "url", "file", "filename", "relative", "href")
_ALTS = (
    "alt",
    "alternative_textuelle",
    "alt_text",
    "alttext",
    "image_alt",
    "description",
    "caption",
    "params.description",
)
_ENDING = re.compile(r"\.(?:jpe?g|jfif|png|webp|gif|avif|svg|heic|heif|tiff?|bmp)$", re.IGNORECASE)
_HOSTED = re.compile(r"https?://[^\s/]+/\S*", re.IGNORECASE)
_FEATURED = re.compile(r"featured|cover|hero|banner|thumb|lead", re.IGNORECASE)
_DECORATIVE = frozenset(
    {"image décorative", "image decorative", "decorative image", "decorative", "décoratif", "décorative", "image"}
)
_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif",
    "avif": "image/avif", "svg": "image/svg+xml", "heic": "image/heic", "heif": "image/heif",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead image as the header names it. ``alt`` is ``None`` where nothing is said of what it shows."""

    reference: str
    key: str
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article and its files are: its folder in the site, its address, the site's base URL."""

    path: str
    permalink: str
    base_url: str
    bundled: bool
    roots: tuple[str, ...]


FOCAL = ("focal", "focal_point", "focus")


def lead(fields: Fields) -> Lead | None:
    """Return the lead image a header names, judged by the shape of the value."""
    if "lead_image" in fields.own:
        value, key = fields.first("lead_image")
        found = next(_shaped(value, "lead_image" if isinstance(value, str) else fold(key)), None)
        if found:
            return Lead(found[0], key, _described(found[1] or fields.beside("lead_image"), fields, key))
    for key in _KEYS:
        value = fields.header.get(key)
        found = next(_shaped(value, key), None) if value is not None else None
        if found:
            return Lead(found[0], key, _described(found[1], fields, key))
    return None


def focus(fields: Fields) -> tuple[float, float] | None:
    """Return ``focal: [x, y]``, what must survive a crop: shares of width and height, or percentages."""
    value, key = fields.first("focal", *FOCAL)
    if value is None:
        return None
    parts = re.split(r"[\s,]+", value.strip()) if isinstance(value, str) else value
    try:
        x, y = (float(str(part).rstrip("%")) / (100 if str(part).endswith("%") else 1) for part in parts)
    except (TypeError, ValueError):
        x = y = -1.0
    if not (0 <= x <= 1 and 0 <= y <= 1):
        fields.complain("field-invalid", key, f"expected two shares between 0 and 1, such as [0.5, 0.3], got {value!r}")
        return None
    return x, y


def picture(tree: Tree, named: Lead, place: Place, fields: Fields) -> Picture | None:
    """Return the lead picture with its file, or ``None`` with a finding that says why there is none."""
    alt = label(named.alt or "")
    if alt.casefold().rstrip(".") in _DECORATIVE:
        alt = ""
    elif not alt:
        fields.complain("alt-missing", named.key, "nothing says what the lead image shows")
    point = focus(fields)
    inside = local(named.reference, place.base_url)
    if not inside:
        fields.complain("lead-image-external", named.key, f"{named.reference} is on another host")
        url = canonical(named.reference)
        return Picture(url=url, alt=alt, media_type=guessed(url), focus=point)
    found = find(tree, inside, place)
    if found is None:
        fields.complain(*_unfound(tree, inside, named, place))
        return None
    read, code, message = measured(tree, found, address(inside, found, place))
    if code:
        fields.complain(code, named.key, message)
    return Picture(
        url=read.url, alt=alt, asset=read.asset, media_type=read.media_type, width=read.width, height=read.height,
        size=read.size, focus=point,
    ) if read else None  # fmt: skip


def measured(tree: Tree, path: str, url: str) -> tuple[Picture | None, str, str]:
    """Return a file of the site as a picture, or with a code and a message why cards cannot use it.

    A drawing that cards cannot use still has an address that readers can: it has no asset.
    """
    from syndicate.cards.pictures import PictureError, inspect  # noqa: PLC0415 -- a tenth of a second without pictures

    try:
        data = tree.read(path)
        seen = inspect(data)
        return Picture(
            url=url, asset=tree.asset(path), media_type=seen.media_type, width=seen.width, height=seen.height,
            size=len(data),
        ), "", ""  # fmt: skip
    except SourceError as error:
        return None, "lead-image-unusable", f"{path} {error.finding.message}"
    except PictureError as error:
        seen_by_readers = Picture(url=url, media_type="image/svg+xml") if path.lower().endswith(".svg") else None
        return seen_by_readers, error.code, f"{path}: {error}"


def find(tree: Tree, reference: str, place: Place) -> str | None:
    """Return the path of the file a reference means: beside its page first, then where generators keep such files."""
    folder = PurePosixPath(place.path).parent.as_posix().strip(".")
    roots = [*place.roots, *ROOTS]
    below = urlsplit(place.base_url).path.strip("/")
    if below and reference.startswith(f"/{below}/"):
        shorter = tree.find(reference.removeprefix(f"/{below}"), roots)
        if shorter:
            return shorter
    return tree.find(reference, roots if reference.startswith("/") else [folder, *roots])


def address(reference: str, found: str, place: Place) -> str:
    """Return where the site serves a file: below its page if it lies beside the source, else below the base URL."""
    folder = PurePosixPath(place.path).parent.as_posix().strip(".")
    beside = not reference.startswith("/") and found.startswith(f"{folder}/" if folder else "")
    if beside and place.bundled:
        return absolute(place.permalink, reference)
    below = urlsplit(place.base_url).path.rstrip("/")
    if below and reference.startswith(f"{below}/"):
        return absolute(place.base_url, reference)
    while reference.startswith("../"):
        reference = reference[3:]
    return canonical(place.base_url + reference.removeprefix("./").lstrip("/"))


def guessed(url: str) -> str:
    """Return the media type a name's ending suggests."""
    return _TYPES.get(urlsplit(url).path.rpartition(".")[2].lower(), "image/jpeg")


def is_image(text: str) -> bool:
    """Whether a string looks like an image's path or address."""
    bare = text.strip().partition("?")[0].partition("#")[0]
    return bool(_ENDING.search(bare)) and "\n" not in bare and not bare.startswith("data:")


def local(reference: str, base_url: str) -> str:
    """Return a reference as a path in the site, or nothing where it is on another host."""
    bare = reference.strip()
    try:
        parts = urlsplit(bare) if "://" in bare[:12] or bare.startswith("//") else None
    except ValueError:  # brackets that are no address
        parts = None
    # What is no web address (``file:``) is nobody's host: it is looked for here, and missed.
    if parts is None or parts.scheme not in {"", "http", "https"}:
        return bare
    return parts.path if parts.hostname and parts.hostname == urlsplit(base_url).hostname else ""


def _unfound(tree: Tree, local: str, named: Lead, place: Place) -> tuple[str, str, str]:
    climbing = PurePosixPath(place.path).parent / local.lstrip("/")
    depth = 0
    for part in climbing.parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return "lead-image-outside", named.key, f"{local} leads out of the site"
    if any(tree.is_link(f"{root}/{local.lstrip('/')}".lstrip("/")) for root in ("", *ROOTS)):
        return "lead-image-outside", named.key, f"{local} is a link that leads out of the site"
    return "lead-image-missing", named.key, f"{local} is not in the site"


def _shaped(value: object, key: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the image references in a value, each with the mapping it came from."""
    if isinstance(value, str):
        if is_image(value) or (
            key in {"image", "cover", "cover_image", "lead_image"} and _HOSTED.fullmatch(value.strip())
        ):
            yield value.strip(), {}
    elif isinstance(value, Mapping):
        for name in _SOURCES:
            inner = next((held for one, held in value.items() if fold(str(one)) == name), None)
            if isinstance(inner, str) and (is_image(inner) or _HOSTED.fullmatch(inner.strip())):
                yield inner.strip(), value
    elif isinstance(value, list):
        yield from _listed(value, key)


def _listed(values: Sequence[object], key: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    for one in values:
        # Of a page's resources only the one that its name calls the featured one leads.
        if key == "resources" and not (isinstance(one, Mapping) and _FEATURED.search(str(one.get("name", "")))):
            continue
        if not isinstance(one, list):
            yield from _shaped(one, "image" if key == "images" else key)


def _described(beside: Mapping[str, object], fields: Fields, key: str) -> str | None:
    for name in _ALTS:
        first, _, rest = name.partition(".")
        value = next((held for one, held in beside.items() if fold(str(one)) == first), None)
        value = value.get(rest) if rest and isinstance(value, Mapping) else value
        if isinstance(value, str) and value.strip():
            return value
    stem = re.sub(r"_?(?:image|img)$", "", fold(key))
    for name in (f"{fold(key)}_alt", f"{fold(key)}alt", f"{stem}_alt", f"{stem}alt", "image_alt", "imagealt", "alt"):
        value = fields.header.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return None
