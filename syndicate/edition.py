"""Which edition of the program this is: its own sources and the libraries that write and draw.

An ingredient of every artifact: another edition renders all anew, and touches only files whose bytes come out other.
"""

from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zlib import ZLIB_RUNTIME_VERSION

LIBRARIES = (
    "comrak",
    "feedgen",
    "freetype-py",
    "icu4py",
    "jinja2",
    "lxml",
    "nh3",
    "pillow",
    "pyphen",
    "uharfbuzz",
)
EXTRAS = ("brotli", "pillow-heif", "resvg-py")
_CODE = frozenset({".py", ".html", ".css", ".js", ".j2", ".toml"})


@cache
def edition() -> str:
    """Digest of the package's code, templates and data, and of the versions of what draws; 16 hexadecimal digits."""
    package = Path(__file__).parent
    sources = sorted(p for p in package.rglob("*") if p.suffix in _CODE and "fonts" not in p.relative_to(package).parts)
    mark = sha256()
    for source in sources:
        mark.update(source.relative_to(package).as_posix().encode() + b"\0" + source.read_bytes() + b"\0")
    mark.update(f"zlib {ZLIB_RUNTIME_VERSION}\0".encode())
    for library in LIBRARIES:
        mark.update(f"{library} {version(library)}\0".encode())
    for library in EXTRAS:
        with suppress(PackageNotFoundError):
            mark.update(f"{library} {version(library)}\0".encode())
    return mark.hexdigest()[:16]
