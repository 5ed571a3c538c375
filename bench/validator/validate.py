"""Run the W3C validator's own code over published feeds, and print every event of each file.

    git clone https://github.com/w3c/feedvalidator
    python bench/validator/validate.py OUTPUT FEEDVALIDATOR [--level AAA] [--base URL]

FEEDVALIDATOR is a checkout of github.com/w3c/feedvalidator; what it needs is in its requirements.txt. Level AA (errors,
and warnings that matter) is the default. Exits with 1 on any event.
"""

import argparse
import importlib
import json
import sys
import warnings
from collections import Counter
from pathlib import Path
from urllib.parse import quote

SAFE = "-._~!$&'()*+,;=:@/"
"""What a path may hold as it is (RFC 3986); feeds spell their own address so."""


def main() -> int:
    """Validate every RSS and Atom file below a folder."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("output", type=Path)
    options.add_argument("checkout", type=Path)
    options.add_argument("--level", choices=["A", "AA", "AAA"], default="AA")
    options.add_argument("--base", help="where the output is served; feed.json says it otherwise")
    chosen = options.parse_args()
    base = chosen.base or json.loads((chosen.output / "feed.json").read_bytes())["feed_url"].removesuffix("feed.json")
    sys.path.insert(0, str(chosen.checkout / "src"))
    warnings.simplefilter("ignore")
    total: Counter[str] = Counter()
    files = sorted(path for name in ("rss.xml", "atom.xml") for path in chosen.output.rglob(name))
    for path in files:
        where = path.relative_to(chosen.output).as_posix()
        found = events(path.read_bytes(), base + quote(where, safe=SAFE), chosen.level)
        total.update(kind for kind, _ in found)
        for kind, line in found:
            print(f"{where}: {kind}: {line}")
    print(f"{len(files)} files, {sum(total.values())} events at level {chosen.level}", *total.most_common(), sep="\n  ")
    return bool(total)


def events(data: bytes, address: str, level: str) -> list[tuple[str, str]]:
    """Return each event at a level, with the name of its kind and what the validator's page would say."""
    validator = importlib.import_module("feedvalidator")
    compatibility = importlib.import_module("feedvalidator.compatibility")
    formatter = importlib.import_module("feedvalidator.formatter.text_plain")
    try:
        logged = validator.validateString(data, firstOccurrenceOnly=False, base=address)["loggedEvents"]
    except validator.logging.ValidationFailure as failure:
        logged = [failure.event]
    kept = getattr(compatibility, level)(logged)
    return [(type(event).__name__, line) for event, line in zip(kept, formatter.Formatter(kept), strict=True)]


if __name__ == "__main__":
    sys.exit(main())
