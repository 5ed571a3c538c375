"""Lead images: judged by the shape of the value, found on disk, never outside the site."""

import pytest
from making import picture_bytes
from reading import files, only, plain

from syndicate.loading.fields import Fields
from syndicate.loading.frontmatter import parse
from syndicate.loading.images import lead


def named(header, **own):
    found = lead(Fields(parse(f"---\n{header}\n---\n", "a.md"), "a.md", own))
    return (found.reference, found.alt) if found else None


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("image: /a.jpg", ("/a.jpg", None)),
        ("image: /a.jpg\nimage_alt: A view", ("/a.jpg", "A view")),
        ("headerimage: /a.jpg\nheaderalt: A view", ("/a.jpg", "A view")),
        ("images: [a.webp, b.png]", ("a.webp", None)),
        ("cover: {image: a.png, alt: A view}", ("a.png", "A view")),
        ("une-ou-diaporama:\n- image: /a%20b.png\n  alternative-textuelle: A view", ("/a%20b.png", "A view")),
        ("une-ou-diaporama:\n- image:\n  legende:", None),
        (
            "resources:\n- {name: other, src: x.png}\n- name: featuredImage\n  src: a.png\n  params: {description: D}",
            ("a.png", "D"),
        ),
        ("resources:\n- {name: data, src: x.png}", None),
        ("image: https://cdn.example/photo?id=7", ("https://cdn.example/photo?id=7", None)),
        ("hero: true", None),
        ("image: null", None),
        ("preview: text that ends in nothing", None),
        ("author_image: me.png", None),
        ("image: 'data:image/png;base64,AAAA.png'", None),
        ("thumbnail: {path: a.jpeg}", ("a.jpeg", None)),
        ("header: {teaser: a.gif}", ("a.gif", None)),
    ],
)
def test_the_value_decides(header, found):
    assert named(header) == found


def test_the_settings_may_say_where_it_is():
    header = "une: [{photo: {fichier: x.png}}, {photo: /a.png}]\nimage: /b.png"
    assert named(header, lead_image="une[1].photo") == ("/a.png", None)


@pytest.mark.parametrize(
    ("reference", "path", "url"),
    [
        (
            "/uploads/La%20place%20num%C3%A9rique.jpg",
            "uploads/La place numérique.jpg",
            "https://example.org/uploads/La%20place%20num%C3%A9rique.jpg",
        ),
        (
            "/uploads/La place numérique.jpg",
            "uploads/La place numérique.jpg",
            "https://example.org/uploads/La%20place%20num%C3%A9rique.jpg",
        ),
        ("/img/a.jpg", "static/img/a.jpg", "https://example.org/img/a.jpg"),
        ("img/a.jpg", "public/img/a.jpg", "https://example.org/img/a.jpg"),
        ("a.jpg", "content/a.jpg", "https://example.org/a/a.jpg"),
        ("https://example.org/img/a.jpg", "assets/img/a.jpg", "https://example.org/img/a.jpg"),
    ],
)
def test_files_are_found_where_generators_keep_them(tmp_path, reference, path, url):
    data = picture_bytes(640, 400)
    files(tmp_path, {path: data})
    one, codes = only(
        tmp_path, plain(f"---\ntitle: A\ndate: 2024-03-08\nimage: {reference}\nimage_alt: A view\n---\nx")
    )
    assert codes == []
    assert (one.lead.asset.path, one.lead.url, one.lead.alt) == (path, url, "A view")
    assert (one.lead.width, one.lead.height, one.lead.size, one.lead.media_type) == (640, 400, len(data), "image/jpeg")


def test_decomposed_file_names_are_found(tmp_path):
    files(tmp_path, {"uploads/e\u0301te\u0301.jpg": picture_bytes(64, 40)})
    one, _ = only(tmp_path, plain("---\ntitle: A\ndate: 2024-03-08\nimage: /uploads/été.jpg\n---\nx"))
    assert one.lead is not None


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("/gone.jpg", "lead-image-missing"),
        ("../../../etc/passwd.png", "lead-image-outside"),
        ("/link.png", "lead-image-outside"),
        ("/fake.png", "lead-image-unusable"),
        ("/drawing.svg", "lead-image-unusable"),  # it does not say how large it is
        ("https://cdn.example/a.jpg", "lead-image-external"),
    ],
)
def test_what_cannot_be_shown_is_one_finding_with_its_line(tmp_path, reference, code):
    site = tmp_path / "site"
    files(tmp_path, {"secret.png": picture_bytes(64, 40, "PNG")})
    files(site, {"fake.png": b"not a picture", "drawing.svg": b"<svg/>"})
    (site / "link.png").symlink_to(tmp_path / "secret.png")
    from reading import loaded

    result = loaded(site, plain(f"---\ntitle: A\ndate: 2024-03-08\nimage: {reference}\nimage_alt: A\n---\nx"))
    assert [(remark.code, remark.path, remark.line) for remark in result.findings] == [(code, "content/a.md", 4)]
    (one,) = result.site.articles
    assert one.lead is None or one.lead.asset is None


@pytest.mark.parametrize(
    ("said", "point"),
    [("[0.2, 0.8]", (0.2, 0.8)), ("30% 70%", (0.3, 0.7)), ("0.5,0.5", (0.5, 0.5)), ("[2, 0]", None), ("top", None)],
)
def test_a_focus(tmp_path, said, point):
    files(tmp_path, {"a.jpg": picture_bytes(64, 40)})
    one, codes = only(tmp_path, plain(f"---\ntitle: A\ndate: 2024-03-08\nimage: /a.jpg\nalt: A\nfocal: {said}\n---\nx"))
    assert one.lead.focus == point
    assert codes == ([] if point else ["field-invalid"])


def test_a_decorative_picture_needs_no_words(tmp_path):
    files(tmp_path, {"a.jpg": picture_bytes(64, 40)})
    one, codes = only(
        tmp_path, plain("---\ntitle: A\ndate: 2024-03-08\ncover: {src: /a.jpg, alt: image décorative}\n---\nx")
    )
    assert (one.lead.alt, codes) == ("", [])


@pytest.mark.parametrize("reference", ["file:///etc/x.png", "http://[::1/x.png", "x" * 5000 + ".png"])
def test_what_is_no_address_is_missing_and_never_told(tmp_path, reference):
    one, codes = only(tmp_path, plain(f"---\ntitle: A\ndate: 2024-03-08\nimage: {reference}\nimage_alt: X\n---\nx"))
    assert (one.lead, codes) == (None, ["lead-image-missing"])
