"""Remarks as values: where, how grave, what to do.

The core never logs: it returns findings, and the command line shows them. Each has a *code* that names what was found
(``front-matter-unclosed``), and ``CATALOGUE`` says for each code how grave it is and what it means, so that
``syndicate explain CODE`` and the code that found it can never disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from syndicate.findings.content import CONTENT
from syndicate.findings.kinds import Kind, Severity
from syndicate.findings.published import PUBLISHED
from syndicate.findings.site import SITE

__all__ = ["CATALOGUE", "Finding", "Kind", "Severity", "finding", "nearest", "ordered"]

CATALOGUE: dict[str, Kind] = {**CONTENT, **SITE, **PUBLISHED}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One remark: ``path:line: message (help)``. ``line`` counts from 1; 0 stands for the file as a whole."""

    path: str
    line: int
    code: str
    message: str
    help: str

    @property
    def severity(self) -> Severity:
        """How grave it is, as the catalogue says."""
        return CATALOGUE[self.code].severity

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.code}: {self.message}"


def finding(code: str, path: str, message: str, *, line: int = 0, cure: str = "") -> Finding:
    """Return a finding of a known code. Raises ``KeyError`` for a code that is not in the catalogue."""
    return Finding(path, line, code, message, cure or CATALOGUE[code].cure)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, by path, line and code: the same order on every machine."""
    return tuple(sorted(set(findings)))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``, did you mean 'x'?`` where a known word is close, else nothing."""
    import difflib  # noqa: PLC0415 -- ten milliseconds that only a slip need pay

    close = difflib.get_close_matches(word, tuple(known), n=1, cutoff=0.6)
    return f", did you mean {close[0]!r}?" if close else ""
