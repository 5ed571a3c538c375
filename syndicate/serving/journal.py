"""What the server says of itself: one JSON object a line on standard error, without secrets or control characters."""

import json
import logging
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime

from syndicate.characters import visible
from syndicate.secrecy import veiled

LONGEST = 2000
"""Characters of a foreign text that are shown."""

Say = Callable[..., None]


def journal(event: str, **facts: object) -> None:
    """Write one line."""
    shown = {name: _shown(value) for name, value in facts.items()}
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **shown}
    sys.stderr.write(json.dumps(line) + "\n")
    sys.stderr.flush()


class Foreign(logging.Handler):
    """Lets what libraries log appear in the same form: only warnings, and never a traceback of a request's content."""

    def __init__(self, say: Say) -> None:
        super().__init__(logging.WARNING)
        self.say = say

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        said = {"said": record.getMessage()}
        if record.exc_info and record.exc_info[0]:
            frame = traceback.extract_tb(record.exc_info[2])[-1:]
            said["cause"] = f"{record.exc_info[0].__name__} {''.join(f'{f.filename}:{f.lineno}' for f in frame)}"
        self.say("remark", **said)


def _shown(value: object) -> object:
    return visible(veiled(value))[:LONGEST] if isinstance(value, str) else value
