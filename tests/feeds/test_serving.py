"""Snippets for web servers: what each says of a feed, and, where the server is installed, that it understands them."""

import shutil
import subprocess

import pytest
from making import article, site

from syndicate import feeds
from syndicate.feeds import serving

FILES = {"nginx": "nginx.conf", "caddy": "Caddyfile", "apache": "htaccess", "netlify": "_headers"}
HUB = 'https://hub.example/?a=\'$x"{y}%"22'


def snippets(base_url="https://example.org/", hub="", packed=("gz", "br")):
    planned = serving.plan(base_url, tuple(FILES), packed, hub)
    return {one.path.rpartition("/")[2]: one.recipe.render(None).data.decode() for one in planned}


def test_only_what_is_asked_for():
    assert not [one for one in feeds.plan(site(article(1))) if "serving" in one.path]
    asked = [one.path for one in feeds.plan(site(article(1), servers=("nginx", "caddy", "nginx")))]
    assert [path for path in asked if "serving" in path] == ["feeds/serving/Caddyfile", "feeds/serving/nginx.conf"]


@pytest.mark.parametrize("name", FILES.values())
def test_each_says_all_that_matters(name):
    text = snippets(hub="https://hub.example/")[name]
    for said in (
        serving.XML,
        serving.JSON,
        serving.OPML,
        serving.BRIEF,
        serving.FOR_EVER,
        serving.HOURLY,
        "Access-Control-Allow-Origin",
        "nosniff",
    ):
        assert said in text, said
    flat = text.replace("\\", "")
    assert '>; rel="self", <https://hub.example/>; rel="hub"' in flat


@pytest.mark.parametrize("name", FILES.values())
def test_cards_large_and_small_are_kept_for_ever(name):
    text = snippets()[name]
    assert "gallery/thumbs" in text
    assert text.count(serving.FOR_EVER) == (2 if name == "_headers" else 1)


@pytest.mark.parametrize("name", FILES.values())
def test_without_a_hub_none_is_named(name):
    text = snippets()[name]
    assert "hub" not in text
    assert "self" in text


@pytest.mark.parametrize(
    ("name", "words"), [("nginx.conf", "gzip_static"), ("Caddyfile", "precompressed"), ("htaccess", "gz")]
)
def test_packed_files_are_sent_where_there_are_some(name, words):
    assert words in snippets()[name]
    assert words not in snippets(packed=())[name].replace("(\\.gz|\\.br)?", "")


def test_a_path_below_the_host_is_matched_as_servers_see_it():
    made = snippets("https://example.org/caf%C3%A9.d/")
    assert '"^/café\\.d/(?:feeds/' in made["nginx.conf"]
    assert "/caf%C3%A9.d/rss.xml\n" in made["_headers"]


def test_no_address_says_anything_to_a_server():
    made = snippets("https://example.org/a'b$c;d/", hub=HUB)
    for name in ("nginx.conf", "Caddyfile", "htaccess"):
        assert "hub.example/?a=%27%24x%22%7By%7D%25%2222>" in made[name]
        assert "a'b" not in made[name]
        assert "$c" not in made[name].replace("\\$c", "")


def complaint(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode and (done.stderr or "refused")


@pytest.mark.parametrize("base_url", ["https://example.org/", "https://example.org/caf%C3%A9/a'b$c;d/"])
def test_nginx_understands_it(tmp_path, base_url):
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if not nginx:
        pytest.skip("nginx is not installed")
    (tmp_path / "part.conf").write_text(snippets(base_url, HUB)["nginx.conf"], encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; "
        f"server {{ listen 127.0.0.1:18971; root {tmp_path}; include {tmp_path}/part.conf; }} }}",
        encoding="utf-8",
    )
    assert not complaint(nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", "stderr")


@pytest.mark.parametrize("base_url", ["https://example.org/", "https://example.org/caf%C3%A9/a'b$c;d/"])
def test_caddy_understands_it(tmp_path, base_url, monkeypatch):
    caddy = shutil.which("caddy")
    if not caddy:
        pytest.skip("caddy is not installed")
    monkeypatch.setenv("HOME", str(tmp_path))
    part = snippets(base_url, HUB)["Caddyfile"]
    place = tmp_path / "Caddyfile"
    place.write_text(
        f"{{\n\tadmin off\n\tauto_https off\n}}\n{part}\nhttp://127.0.0.1:18972 {{\n\troot * {tmp_path}\n\timport syndicate\n}}\n",
        encoding="utf-8",
    )
    assert not complaint(caddy, "adapt", "--config", str(place), "--adapter", "caddyfile")
