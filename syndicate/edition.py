"""Which edition of the program this is: its own sources and the libraries that write and draw.

An ingredient of every artifact: another edition renders all anew, and touches only files whose bytes come out other.
"""

import os
import re
import sys
from functools import cache
from hashlib import sha256
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
_INFO = re.compile(r"(.+?)-([^-]+?)(?:-py\d[\d.]*)?\.(?:dist|egg)-info")
"""The folder in which an installer describes a package (Binary distribution format)."""
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
    installed = _installed()
    for library in LIBRARIES:
        mark.update(f"{library} {installed.get(library) or _version(library)}\0".encode())
    for library in EXTRAS:
        if library in installed:
            mark.update(f"{library} {installed[library]}\0".encode())
    return mark.hexdigest()[:16]


def _installed() -> dict[str, str]:
    """Return the versions of what is installed, by the names of folders: to read each one's metadata costs 20 ms."""
    found: dict[str, str] = {}
    for place in reversed(sys.path):
        try:
            names = os.listdir(place or ".")  # noqa: PTH208 -- as sys.path has them
        except OSError:
            continue
        for named in filter(None, map(_INFO.fullmatch, sorted(names))):
            found[re.sub(r"[-_.]+", "-", named[1]).lower()] = named[2]
    return found


def _version(library: str) -> str:
    from importlib.metadata import version  # noqa: PLC0415 -- as above

    return version(library)
