"""Build the shipped typefaces and ``fonts.lock`` from the packages of their makers.

Run it on a folder that holds these archives, fetched with the ordinary clients of their registries:

    npm pack inter-ui@4.1.1 twemoji-colr-font@15.0.3
    apt-get download fonts-noto-core=20201225-1 fonts-noto-cjk=1:20220127+repack1-1 unicode-data=15.0.0-1
    uv run --with 'fonttools[woff]' --with uharfbuzz python fonts/make.py FOLDER

Cards are set in display sizes without hinting, so hints, unused styles and alternates are left out; what scripts need
to be written rightly (every GSUB and GPOS feature that shapes) is kept. Same archives, same bytes (uharfbuzz packs the
tables of features, and so has its part in them).
"""

import bz2
import hashlib
import io
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
LIMIT = 2 << 20
"""Bytes one file may have: a card's recipe reads whole files."""

ARCHIVES = {
    "inter": "inter-ui-4.1.1.tgz",
    "twemoji": "twemoji-colr-font-15.0.3.tgz",
    "noto": "fonts-noto-core_20201225-1_all.deb",
    "cjk": "fonts-noto-cjk_1%3a20220127+repack1-1_all.deb",
    "ucd": "unicode-data_15.0.0-1_all.deb",
}
SOURCES = {
    "inter": "npm:inter-ui@4.1.1",
    "twemoji": "npm:twemoji-colr-font@15.0.3",
    "noto": "deb:fonts-noto-core@20201225-1",
    "cjk": "deb:fonts-noto-cjk@1:20220127+repack1-1",
}
LICENCES = {"inter": "OFL-1.1", "noto": "OFL-1.1", "cjk": "OFL-1.1", "twemoji": "OFL-1.1 AND CC-BY-4.0"}

SCRIPTS = (
    "NotoSans-Bold NotoSansArabic-Bold NotoNastaliqUrdu-Bold NotoSansHebrew-Bold NotoSansDevanagari-Bold "
    "NotoSansBengali-Bold NotoSansTamil-Bold NotoSansTelugu-Bold NotoSansKannada-Bold NotoSansMalayalam-Bold "
    "NotoSansGujarati-Bold NotoSansGurmukhi-Bold NotoSansOriya-Bold NotoSansSinhala-Bold NotoSansThai-Bold "
    "NotoSansLao-Bold NotoSansKhmer-Bold NotoSansMyanmar-Bold NotoSerifTibetan-Bold NotoSansGeorgian-Bold "
    "NotoSansArmenian-Bold NotoSansEthiopic-Bold NotoSansThaana-Bold NotoSansCherokee-Bold "
    "NotoSansCanadianAboriginal-Bold NotoSansTifinagh-Regular NotoSansNKo-Regular NotoSansAdlam-Bold "
    "NotoSansOlChiki-Bold NotoSansSymbols-Bold NotoSansMath-Regular NotoSansSymbols2-Regular"
).split()

LATIN = frozenset((*range(0x41, 0x5B), *range(0x61, 0x7B)))
"""Letters another font always draws; fonts of other scripts need not bring theirs."""
MATHS = (
    range(0x2100, 0x2400),
    range(0x25A0, 0x2600),
    range(0x27C0, 0x2800),
    range(0x2900, 0x2C00),
    range(0x1D400, 0x1D800),
)
PICTOGRAMS = (range(0x2190, 0x2C00), range(0x1F000, 0x1FB00))
CJK_COMMON = (
    (0x20, 0xA0),
    range(0x2010, 0x2027),
    range(0x2460, 0x2500),
    range(0x25A0, 0x25D0),
    range(0x3000, 0x3040),
    range(0xFF01, 0xFFEF),
)
KANA = (range(0x3040, 0x3100), range(0x31F0, 0x3400))
HANGUL = (range(0x3130, 0x3190),)
BOPOMOFO = range(0x3105, 0x3130)


def main(folder: str) -> None:
    """Write every font, its licence and the lock."""
    with TemporaryDirectory() as scratch:
        root = Path(scratch)
        for key, name in ARCHIVES.items():
            _unpack(Path(folder) / name, root / key)
        entries = [_write(*one) for one in _fonts(root)]
        _licences(root)
    (HERE / "fonts.lock").write_text("".join(entries), encoding="utf-8")
    print(f"{len(entries)} fonts, {sum(path.stat().st_size for path in HERE.glob('*.[ot]tf')):,} bytes")


def _unpack(archive: Path, place: Path) -> None:
    if archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", archive, place], check=True)
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(place, filter="data")


def _fonts(root: Path) -> Iterator[tuple[str, str, str, TTFont]]:
    """Yield (key, file name, family, font) in order of preference."""
    yield "inter", "inter.ttf", "Inter", _inter(root / "inter/package/variable/InterVariable.woff2")
    for name in SCRIPTS:
        font = TTFont(root / f"noto/usr/share/fonts/truetype/noto/{name}.ttf")
        yield "noto", f"{_spelled(name)}.ttf", _family(font), _subset(font, _kept(name, set(font.getBestCmap())))
    for region, characters in _cjk(root):
        index = {"JP": 0, "KR": 1, "SC": 2, "TC": 3}[region]
        font = TTFont(root / "cjk/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", fontNumber=index)
        yield "cjk", f"noto-sans-{region.lower()}.otf", f"Noto Sans {region}", _subset(font, characters)
    emoji = TTFont(root / "twemoji/package/twemoji.woff2")
    yield "twemoji", "twemoji.ttf", "Twemoji", _subset(emoji, set(emoji.getBestCmap()))


def _inter(path: Path) -> TTFont:
    font = TTFont(path)
    whole = _subset(font, set(font.getBestCmap()), "case")
    return instantiateVariableFont(whole, {"wght": (400, 800)})


def _kept(name: str, characters: set[int]) -> set[int]:
    if name == "NotoSans-Bold":
        return characters
    if "Math" in name:
        return characters & set().union(*MATHS)
    if "Symbols" in name:
        return characters & set().union(*PICTOGRAMS)
    return characters - LATIN


def _cjk(root: Path) -> Iterator[tuple[str, set[int]]]:
    joyo = _listed(root, "OtherMappings", r"k(?:Joyo|Jinmeiyo)Kanji")
    taught = _listed(root, "DictionaryLikeData", r"k(?:Frequency\t[1-4]|GradeLevel)\b")
    common = set().union(*CJK_COMMON)
    yield "JP", common | set().union(*KANA) | joyo | set(_rows("euc_jp", 0xB0, 0xCF))
    yield "KR", common | set().union(*HANGUL) | set(_rows("euc_kr", 0xB0, 0xC8))
    yield "SC", common | set(_rows("gb2312", 0xB0, 0xD7))
    yield "TC", common | set(BOPOMOFO) | (taught & set(_rows("big5", 0xA4, 0xC6)))


def _listed(root: Path, name: str, fields: str) -> set[int]:
    """The characters for which Unihan has some fields."""
    listed = bz2.decompress((root / f"ucd/usr/share/unicode/Unihan_{name}.txt.bz2").read_bytes()).decode()
    return {int(code, 16) for code in re.findall(rf"^U\+([0-9A-F]+)\t{fields}", listed, re.MULTILINE)}


def _rows(encoding: str, first: int, last: int) -> Iterator[int]:
    """The characters of some rows of a national standard: those its makers found in common use."""
    for row in range(first, last + 1):
        for cell in (*(range(0x40, 0x7F) if encoding == "big5" else ()), *range(0xA1, 0xFF)):
            text = bytes((row, cell)).decode(encoding, "ignore")
            if text:
                yield ord(text)


def _subset(font: TTFont, characters: Iterable[int], *extra: str) -> TTFont:
    options = Options()
    options.hinting = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.recalc_timestamp = False
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["DSIG", "MATH", "meta", "vhea", "vmtx", "VORG", "BASE", "STAT", "GPKG", "SVG "]
    options.layout_features = [f for f in Options._layout_features_default if f not in {"vert", "vrt2", "vkrn"}]  # noqa: SLF001
    options.layout_features += extra
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _write(key: str, name: str, family: str, font: TTFont) -> str:
    out = io.BytesIO()
    font.flavor = None
    font.recalcTimestamp = False
    font.save(out)
    data = out.getvalue()
    assert len(data) < LIMIT, (name, len(data))
    (HERE / name).write_bytes(data)
    version = f"{font['head'].fontRevision:.3f}"
    fields = {
        "name": family,
        "file": name,
        "version": version,
        "source": SOURCES[key],
        "sha256": hashlib.sha256(data).hexdigest(),
        "licence": LICENCES[key],
        "coverage": _ranges(set(font.getBestCmap())),
    }
    flags = "".join(f"{flag} = true\n" for flag, table in (("colour", "COLR"), ("variable", "fvar")) if table in font)
    return "[[font]]\n" + "".join(f"{field} = '{value}'\n" for field, value in fields.items()) + flags + "\n"


def _ranges(characters: set[int]) -> str:
    """Spell a set of characters as ranges, in hexadecimal: ``20-7e a0 a2-ff``."""
    spans: list[list[int]] = []
    for code in sorted(characters):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return " ".join(f"{low:x}" if low == high else f"{low:x}-{high:x}" for low, high in spans)


def _spelled(name: str) -> str:
    """``NotoSansArabic-Bold`` becomes ``noto-sans-arabic``."""
    bare = name.partition("-")[0]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", bare.replace("NKo", "Nko")).lower()


def _family(font: TTFont) -> str:
    return str(font["name"].getDebugName(1))


def _licences(root: Path) -> None:
    place = HERE / "licences"
    place.mkdir(exist_ok=True)
    (place / "inter.txt").write_bytes((root / "inter/package/LICENSE.txt").read_bytes())
    (place / "twemoji.txt").write_bytes((root / "twemoji/package/LICENSE").read_bytes())
    (place / "noto.txt").write_bytes((root / "noto/usr/share/doc/fonts-noto-core/copyright").read_bytes())
    (place / "noto-cjk.txt").write_bytes((root / "cjk/usr/share/doc/fonts-noto-cjk/copyright").read_bytes())


if __name__ == "__main__":
    main(sys.argv[1])
