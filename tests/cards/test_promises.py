"""What every published card promises: legible in its file, light, true to the composite, and silent about its source."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from making import ROOT, article, picture_bytes, site
from PIL import ExifTags, Image, ImageCms, PngImagePlugin, features
from proving import BYTES, CONTRAST, LIKENESS, proved

from syndicate import build, cards
from syndicate.artifact import Asset, digest_of
from syndicate.build import Options
from syndicate.cards import heif, themes
from syndicate.loading.sources import reader
from syndicate.model import Picture

DEMONSTRATION = ROOT / "content"
SECRETS = (b"Rue Cachee", b"xpacket", b"GPS", b"Exif", b"ICC_PROFILE", b"iCCP", b"secret remark")
JPEG_SEGMENTS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDD, 0xDA}
"""What a picture needs: JFIF, quantisation, frame, Huffman codes, restart interval, scan."""
XMP = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">Rue Cachee</x:xmpmeta>'


@pytest.fixture(scope="module")
def demonstration():
    return build.load(Options(site=DEMONSTRATION, now=datetime(2030, 1, 1, tzinfo=UTC))).site


def test_every_card_of_the_demonstration_keeps_its_promises(demonstration):
    found = [one for one in cards.plan(demonstration) if "/og-" in one.path or "/story-" in one.path]
    proofs = list(proved(found, reader(DEMONSTRATION)))
    assert [proof for proof in proofs if proof.broken] == []
    assert len(proofs) > 20
    assert {role for proof in proofs for role, _ in proof.contrast} >= {"title", "kicker", "site", "date"}


@pytest.mark.parametrize("theme", themes.NAMES)
@pytest.mark.parametrize("tone", ["light", "dark"])
def test_cards_of_every_theme_and_tone_do(demonstration, theme, tone):
    look = replace(demonstration.look, outlets=("og", "square"), tone=tone, accent="#e4572e", ground="")
    dressed = tuple(replace(one, theme=theme) for one in demonstration.articles[::5])
    for proof in proved(cards.plan(replace(demonstration, look=look, articles=dressed)), reader(DEMONSTRATION)):
        assert proof.worst >= CONTRAST, (theme, proof.contrast)
        assert proof.size <= BYTES
        assert proof.likeness >= LIKENESS


def test_a_file_that_breaks_one_is_noticed(demonstration, monkeypatch):
    monkeypatch.setattr("syndicate.cards.contrast.strength", lambda *_, **__: 0)
    monkeypatch.setattr("syndicate.cards.contrast.measured", lambda *_: 500)
    look = replace(demonstration.look, outlets=("og",))
    proofs = list(proved(cards.plan(replace(demonstration, look=look)), reader(DEMONSTRATION)))
    assert any(proof.worst < 3 for proof in proofs)


def exif():
    made = Image.Exif()
    made[ExifTags.Base.ImageDescription] = "Rue Cachee 12"
    made[ExifTags.Base.Orientation] = 3
    made.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (48.0, 51.0, 29.6), 3: "E", 4: (2.0, 17.0, 40.2)})
    return made.tobytes()


def told(form):
    """A photograph with all its format can say besides: place, profile, packet, remark."""
    image = Image.open(io.BytesIO(picture_bytes())).convert("RGB")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    options = {"exif": exif(), "icc_profile": profile}
    if form == "PNG":
        remarks = PngImagePlugin.PngInfo()
        remarks.add_text("Comment", "secret remark")
        remarks.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = remarks
    elif form in {"JPEG", "WEBP"}:
        options["xmp"] = XMP
    if form in {"JPEG", "GIF"}:
        options["comment"] = b"secret remark"
    out = io.BytesIO()
    if form == "HEIF":
        import pillow_heif

        pillow_heif.from_pillow(image).save(out, exif=options["exif"])
    else:
        image.save(out, form, **options)
    return out.getvalue()


def segments(data):
    """The markers of a JPEG's segments, up to its scan."""
    at, found = 2, set()
    while data[at + 1] != 0xDA:
        found.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found | {0xDA}


NO_AVIF = pytest.mark.skipif(not features.check("avif"), reason="no AVIF encoder")
NO_HEIF = pytest.mark.skipif(not heif.is_available(), reason="the extra heic is not installed")
FORMS = ("JPEG", "PNG", "WEBP", "GIF", pytest.param("AVIF", marks=NO_AVIF), pytest.param("HEIF", marks=NO_HEIF))


@pytest.mark.parametrize("form", FORMS)
def test_nothing_the_source_says_besides_is_published(tmp_path, form):
    (tmp_path / "lead").write_bytes(data := told(form))
    assert any(secret in data for secret in SECRETS), "the source has something to say"
    lead = Picture(url="x", asset=Asset("lead", digest_of(data)), width=1600, height=1000, media_type="image/jpeg")
    look = replace(site().look, outlets=("og", "story", "plain"), logo=lead)
    made = [*cards.plan(site(article(1, lead=lead), article(2), article(3, lead=lead, theme="beside"), look=look))]
    assert {one.media_type for one in made} == {"image/jpeg", "image/png"}
    for one in made:
        published = one.recipe.render(reader(tmp_path)).data
        assert not [secret for secret in SECRETS if secret in published], one.path
        image = Image.open(io.BytesIO(published))
        assert not image.getexif()
        if image.format == "JPEG":
            assert segments(published) <= JPEG_SEGMENTS, one.path
            assert published.endswith(b"\xff\xd9")
        else:
            chunks = {name for name in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP", b"tIME") if name in published}
            assert not chunks, one.path
