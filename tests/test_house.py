"""The rules of the house, each short enough to remember."""

import ast
import re
import subprocess
import sys

import grimp
import mapping
import pytest
from making import ROOT

from syndicate.findings import CATALOGUE

PACKAGE = ROOT / "syndicate"
MODULES = sorted(PACKAGE.rglob("*.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")

DOORS = {
    "PIL": {"syndicate.cards"},  # a room: decoding, painting and encoding are three ideas
    "brotli": {"syndicate.feeds.packed"},
    "click": {"syndicate.cli"},  # a room: a module a command
    "comrak": {"syndicate.loading.markdown"},
    "dateutil": {"syndicate.loading.dates"},
    "distributed": {"syndicate.engine.cluster"},
    "feedgen": {"syndicate.feeds.xml"},
    "filelock": {"syndicate.publishing.guards"},
    "freetype": {"syndicate.cards.text.raster"},
    "httpcore2": {"syndicate.announcing.wire"},
    "frontmatter": {"syndicate.loading.frontmatter"},
    "icu4py": {"syndicate.cards.text.icu"},
    "jinja2": {"syndicate.gallery", "syndicate.cards.themes"},  # one weaves a page, one fills a theme's few words
    "jmespath": {"syndicate.loading.expressions"},
    "lxml": {"syndicate.feeds.xml", "syndicate.checking.reading"},  # one writes, one reads what others wrote
    "msgspec": {
        "syndicate.feeds.jsonfeed",
        "syndicate.loading.index",
        "syndicate.settings",
        "syndicate.publishing.ledger",
        "syndicate.cards.themes",
    },
    "nh3": {"syndicate.loading.html"},
    "obstore": {"syndicate.publishing.bucket"},
    "pebble": {"syndicate.engine.workers"},
    "pillow_heif": {"syndicate.cards.heif"},
    "pyphen": {"syndicate.cards.text.hyphenate"},
    "resvg_py": {"syndicate.cards.vector"},
    "rich": {"syndicate.cli.console"},
    "text_unidecode": {"syndicate.loading.sites.slugs"},
    "starlette": {"syndicate.serving"},
    "uharfbuzz": {"syndicate.cards.text.shape"},
    "uvicorn": {"syndicate.serving.server"},
    "watchfiles": {"syndicate.watching"},
    "yaml": {"syndicate.loading.yaml"},
}


def _name(path):
    return path.relative_to(PACKAGE).as_posix()


def _tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def test_every_package_has_one_door():
    graph = grimp.build_graph("syndicate", include_external_packages=True)
    foreign = {m for m in graph.modules if m.split(".")[0] not in {"syndicate", *sys.stdlib_module_names}}
    found = {package: graph.find_modules_that_directly_import(package) for package in foreign}
    assert set(found) == set(DOORS)
    for package, importers in found.items():
        for module in importers:
            assert any(module == door or module.startswith(f"{door}.") for door in DOORS[package]), (package, module)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_fits_on_a_few_screens(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_values_are_frozen(path):
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ClassDef):
            for decorator in map(ast.unparse, node.decorator_list):
                assert not decorator.startswith("dataclass") or "frozen=True" in decorator, node.name


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_says_what_it_is_in_one_line(path):
    first = ast.get_docstring(_tree(path)).splitlines()[0]
    assert first.endswith(".")
    assert len(first) <= 117


def test_functions_are_small():
    lengths = sorted(
        node.end_lineno - node.lineno + 1 - (len((ast.get_docstring(node) or "").splitlines()))
        for path in MODULES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef)
    )
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[len(lengths) * 9 // 10] <= 30


def test_the_map_in_the_readme_is_the_territory():
    drawn = "```text\n" + "\n".join(mapping.lines()) + "\n```"
    assert drawn in README, "run `make map`"


def test_every_finding_code_is_catalogued_and_every_catalogued_code_is_used():
    source = "\n".join(path.read_text(encoding="utf-8") for path in MODULES if path.parent.name != "findings")
    used = {code for code in CATALOGUE if f'"{code}"' in source}
    assert used == set(CATALOGUE)
    named = set(re.findall(r'finding\(\s*"([a-z0-9-]+)"', source))
    assert named <= set(CATALOGUE)


def test_the_readme_names_every_option():
    for path in sorted((PACKAGE / "cli").glob("*.py")):
        for name in re.findall(r'(?<=")--[a-z-]+(?=")', path.read_text(encoding="utf-8")):
            assert f"`{name}`" in README or f"{name} " in README, f"{name} of {path.name} is not in the README"


def test_help_imports_nothing_heavy():
    code = "import sys; from syndicate.cli import cli; cli.main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stdout.split())
    assert not loaded & {
        "PIL",
        "feedgen",
        "httpcore2",
        "lxml",
        "jinja2",
        "uharfbuzz",
        "freetype",
        "icu4py",
        "msgspec",
        "rich",
        "yaml",
    }


def test_nothing_is_left_for_later():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", text), path


_EFFECTS = {
    "unlink",
    "write_bytes",
    "write_text",
    "mkdir",
    "touch",
    "rmdir",
    "rename",
    "chmod",
    "symlink_to",
    "hardlink_to",
}
_SYSTEM = {
    "open",
    "write",
    "replace",
    "rename",
    "unlink",
    "remove",
    "mkdir",
    "makedirs",
    "rmdir",
    "fsync",
    "link",
    "chmod",
    "truncate",
}
_OWN_WAY = {"disk.py", "engine/crew.py"}
"""The door itself, and what talks through pipes."""


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_the_disk_is_touched_through_one_module(path):
    """So that tests can let each effect fail; SQLite, the file lock and logs of processes have their own way."""
    if _name(path) in _OWN_WAY:
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        called, owner = node.func.attr, node.func.value
        if (isinstance(owner, ast.Name) and owner.id in {"disk", "index"}) or (called == "touch" and node.args):
            continue
        of_system = isinstance(owner, ast.Name) and owner.id == "os" and called in _SYSTEM
        # A text's own ``replace`` takes two.
        moves = (
            called == "replace"
            and len(node.args) == 1
            and not node.keywords
            and not isinstance(node.args[0], ast.Starred)
        )
        touching = of_system or called in _EFFECTS or moves
        assert not touching, f"{_name(path)}:{node.lineno}: {called}"
