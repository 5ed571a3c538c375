"""What can be published into: a folder or an object store, which keep the same promises."""

from collections.abc import Collection, Iterator
from typing import Protocol


class Store(Protocol):
    """The output. What is put is promised, and comes into force, whole, at ``commit`` or earlier.

    All raise ``OutputError`` when the place cannot be written.
    """

    def sizes(self, paths: Collection[str], /) -> dict[str, int]:
        """Sizes in bytes of those paths that are files here."""
        ...

    def bytes_of(self, path: str, /) -> bytes | None:
        """What a file holds, or ``None`` where there is none."""
        ...

    def put(self, path: str, data: bytes, media_type: str = "", /) -> bool:
        """Promise a file; say whether it will be touched (equal bytes are not)."""
        ...

    def commit(self) -> None:
        """Bring every promised file into force, durably."""
        ...

    def discard(self) -> None:
        """Forget what was promised and not committed."""
        ...

    def remove(self, path: str, /) -> bool:
        """Delete a file; say whether there was one."""
        ...

    def finish(self) -> None:
        """Say that all that was begun is done."""
        ...

    def interrupted(self) -> bool:
        """Whether the last publish did not reach its end."""
        ...

    def sweep(self) -> None:
        """Remove what an interrupted publish left half done."""
        ...

    def walk(self, folder: str = "", /) -> Iterator[str]:
        """Every file below a folder, as a path relative to the output."""
        ...
