"""Sites of one generator each, in a few lines: what is published, by path."""

from reading import loaded

POST = "---\ntitle: A Title\ndate: 2024-03-08\n---\nx"


def addresses(root, contents, base="https://example.org", **options):
    """Path of each published source to its address below the base URL."""
    result = loaded(root, contents, base_url=options.pop("base_url", f"{base}/"), **options)
    return {one.source: one.permalink.removeprefix(base) for one in result.site.articles}


def codes(root, contents, **options):
    return sorted({remark.code for remark in loaded(root, contents, **options).findings})
