"""The seam between the program and its workers: batches go over it, outcomes come back, nothing is raised."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from syndicate.artifact import Artifact, Read, Rendered


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file could not be rendered, in one line."""

    cause: str


Outcome = Rendered | Failure
Outcomes = tuple[Outcome, ...]
Batch = tuple[Artifact, ...]
Render = Callable[[Sequence[Artifact]], Iterator[tuple[Artifact, Outcome]]]


def attempt(artifact: Artifact, read: Read) -> Outcome:
    """Render one artifact; never raises but for what stops the whole program."""
    try:
        return artifact.recipe.render(read)
    except Exception as error:  # noqa: BLE001 -- one bad artifact must not stop the others
        return Failure(cause(error))


def cause(error: BaseException) -> str:
    """Return what went wrong as one line."""
    lines = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
