"""What all findings of one code have in common."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is: an error costs an article or a file, a warning changes what readers see."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Kind:
    """What all findings of one code have in common. ``cure`` is said when the finding brings none of its own."""

    severity: Severity
    meaning: str
    cure: str


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
