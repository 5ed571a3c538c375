"""JSON as plain values, without the halves of characters that only its escapes can write."""

import json
import re
from typing import Any

from syndicate.characters import whole

_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def read(text: str) -> Any:  # noqa: ANN401 -- JSON holds anything
    """Return what a text says. Raises ``ValueError`` or ``RecursionError``."""
    value = json.loads(text)
    return json.loads(whole(json.dumps(value, ensure_ascii=False))) if _HALF.search(text) else value
