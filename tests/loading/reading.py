"""Small sites for the loading tests: files in, what was understood out."""

from datetime import UTC, datetime

from syndicate import loading

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def files(root, contents):
    for path, text in contents.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def loaded(root, contents=None, **options):
    files(root, contents or {})
    return loading.load(root, loading.settings_of(root), options.pop("now", NOW), **options)


def only(root, contents, **options):
    """The one article of a site, and the codes of its findings."""
    result = loaded(root, contents, **options)
    assert len(result.site.articles) == 1, result.findings
    return result.site.articles[0], [remark.code for remark in result.findings]


def plain(text, **settings):
    said = {"title": "Example", "base_url": "https://example.org/", "language": "en", **settings}
    toml = "".join(f'{key} = "{value}"\n' for key, value in said.items())
    return {"syndicate.toml": toml, "content/a.md": text}
