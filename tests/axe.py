"""axe-core, which judges pages for people who see, hear or move otherwise."""

import os
from pathlib import Path

import pytest

AXE = Path(os.environ.get("AXE_CORE", "node_modules/axe-core/axe.min.js"))
needed = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install axe-core)")


def flaws(page):
    """Each rule that a page breaks, with the first element that does; its policy must let scripts in."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate("axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))")
