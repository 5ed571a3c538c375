"""The map of the house: each module's path and the first line of its docstring; run it to draw the map into a README."""

import ast
import re
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "syndicate"


def lines() -> list[str]:
    """One line a module, in the order of a file listing; an empty package marker says what its room is."""
    drawn = []
    for path in sorted(PACKAGE.rglob("*.py"), key=_order):
        first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()[0]
        drawn.append(f"{path.relative_to(PACKAGE).as_posix()}: {first}")
    return drawn


def _order(path: Path) -> tuple[str, ...]:
    return tuple("" if part == "__init__.py" else part for part in path.relative_to(PACKAGE).parts)


def main(readme: Path) -> None:
    """Replace what stands between the map's fences."""
    text = readme.read_text(encoding="utf-8")
    fence = re.compile(r"(holds it to that:\n\n```text\n).*?(\n```)", re.DOTALL)
    readme.write_text(fence.sub(lambda m: m[1] + "\n".join(lines()) + m[2], text), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
