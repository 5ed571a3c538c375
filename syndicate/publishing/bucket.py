"""An object store that is served: ``s3://``, ``gs://`` or ``az://``, with the promises that a folder keeps.

A put of an object is whole or does not happen, so there are no drafts; what was promised goes up together at
``commit``, in parallel, before anything that is promised later. One build at a time holds a lease, an object that
expires; and the ledger is only replaced if it is still the one that was read, so that two builds that both believe to
hold the lease (a machine that slept) cannot undo each other.

Credentials come from the environment as the store's own tools take them, and appear in no message.
"""

import json
import os
import re
import secrets
import time
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from syndicate.addresses import AGAIN, LEDGER, LOCK
from syndicate.artifact import digest_of
from syndicate.errors import Busy, SettingsError
from syndicate.publishing.folder import UNFINISHED, OutputError
from syndicate.secrecy import names_user, veiled

SCHEMES = ("s3", "gs", "az")
LEASE_SECONDS = 900
"""After so long without a sign of life, a build is taken for dead."""
_HANDS = 16
"""Transfers at once."""
_BATCH_FILES, _BATCH_BYTES = 512, 64 << 20
_FOR_EVER, _BRIEF = "public, max-age=31536000, immutable", "public, max-age=300"
_HASHED = re.compile(r"\.[0-9a-f]{16}\.\w+$")


@dataclass(frozen=True, slots=True)
class Object:
    """What stands under a name: its size in bytes, and what the store knows this version by."""

    size: int
    version: Mapping[str, str]


class Bucket:
    """The output in an object store. Not to be shared by threads."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._store: Any = _opened(url)
        self._promised: dict[str, tuple[bytes, str]] = {}
        self._known: dict[str, Object] | None = None
        self._read: dict[str, Mapping[str, str] | None] = {}
        self._name = secrets.token_hex(8)
        self._lease: tuple[float, Mapping[str, str]] | None = None

    def sizes(self, paths: Collection[str]) -> dict[str, int]:
        """Sizes in bytes of those paths that are objects here."""
        known = self._objects()
        return {path: known[path].size for path in paths if path in known}

    def bytes_of(self, path: str) -> bytes | None:
        """What an object holds, or ``None`` where there is none."""
        found = self._get(path)
        if path == LEDGER and path not in self._read:
            self._read[path] = found[1] if found else None
        return found[0] if found else None

    def put(self, path: str, data: bytes, media_type: str = "") -> bool:
        """Promise an object; say whether it will be touched (equal bytes are not). Raises ``OutputError``."""
        if self._holds(path, data):
            return False
        if not self._promised:
            self._mark()
        self._promised[path] = (data, media_type)
        if len(self._promised) >= _BATCH_FILES or sum(len(one) for one, _ in self._promised.values()) >= _BATCH_BYTES:
            self.commit()
        return True

    def commit(self) -> None:
        """Bring every promised object into force. Raises ``OutputError``, or ``Busy`` when another build was faster."""
        self.renew()
        with ThreadPoolExecutor(_HANDS) as hands:
            for path, version in hands.map(self._send, self._promised):
                self._objects()[path] = Object(len(self._promised[path][0]), version)
        self._promised.clear()

    def discard(self) -> None:
        """Forget what was promised and not committed."""
        self._promised.clear()

    def remove(self, path: str) -> bool:
        """Delete an object; say whether there was one."""
        if self._objects().pop(path, None) is None:
            return False
        self._mark()
        self._delete(path)
        return True

    def finish(self) -> None:
        """Say that all that was begun is done."""
        if self._objects().pop(UNFINISHED, None):
            self._delete(UNFINISHED)

    def interrupted(self) -> bool:
        """Whether the last publish did not reach its end."""
        return UNFINISHED in self._objects()

    def sweep(self) -> None:
        """Remove the drafts of an interrupted publish: an object store has none."""

    def walk(self, folder: str = "") -> Iterator[str]:
        """Every object below a folder."""
        return iter(sorted(path for path in self._objects() if not folder or path.startswith(f"{folder}/")))

    def hold(self) -> None:
        """Take the lease for one build. Raises ``Busy`` after telling the build that holds it to run once more."""
        standing = self._get(LOCK)
        if standing and time.time() < _until(standing[0]):
            self._write(AGAIN, b"", "", "overwrite")
            raise Busy(
                f"{self.url}: another build is running; it was told to run once more",
                f"Nothing need be done. A build that died is forgotten after {LEASE_SECONDS // 60} minutes.",
            )
        self._renewed("create" if standing is None else dict(standing[1]))

    def renew(self) -> None:
        """Give a sign of life, if the last was some time ago. Raises ``Busy`` when the lease is another's by now."""
        if self._lease and time.time() - self._lease[0] > LEASE_SECONDS / 3:
            self._renewed(dict(self._lease[1]))

    def release(self) -> None:
        """Give the lease back."""
        if self._lease:
            self._lease = None
            self._delete(LOCK)

    def asked_again(self) -> bool:
        """Whether somebody wanted a build while this one ran; asking clears it."""
        if self._get(AGAIN) is None:
            return False
        self._delete(AGAIN)
        self._known = None
        return True

    def _renewed(self, mode: object) -> None:
        now = time.time()
        self._lease = (now, self._exchange(LOCK, self._sign_of_life(now), "", mode))

    def _overtaken(self) -> Busy:
        return Busy(f"{self.url}: another build published meanwhile", "Build again: what it left undone will be made.")

    def _objects(self) -> dict[str, Object]:
        """Everything that stands, by path: listed once, then kept in step."""
        if self._known is None:
            with self._speaking(""):
                listed = (one for page in self._store.list() for one in page)
                self._known = {one["path"]: Object(one["size"], _version(one)) for one in listed}
        return self._known

    def _holds(self, path: str, data: bytes) -> bool:
        standing = self._objects().get(path)
        if standing is None or standing.size != len(data):
            return False
        found = self._get(path)
        return found is not None and digest_of(found[0]) == digest_of(data)

    def _mark(self) -> None:
        if UNFINISHED not in self._objects():
            self._objects()[UNFINISHED] = Object(0, self._write(UNFINISHED, b"", "", "overwrite"))

    def _send(self, path: str) -> tuple[str, Mapping[str, str]]:
        data, media_type = self._promised[path]
        if path not in self._read:
            return path, self._write(path, data, media_type, "overwrite")
        read = self._read[path]
        self._read[path] = version = self._exchange(path, data, media_type, dict(read) if read else "create")
        return path, version

    def _sign_of_life(self, now: float) -> bytes:
        return json.dumps({"by": self._name, "until": now + LEASE_SECONDS}).encode()

    def _exchange(self, path: str, data: bytes, media_type: str, mode: object) -> Mapping[str, str]:
        """Write an object if it still is as it was read. Raises ``Busy`` when somebody else wrote it."""
        from obstore.exceptions import AlreadyExistsError, PreconditionError  # noqa: PLC0415 -- an extra

        try:
            return self._write(path, data, media_type, mode)
        except (AlreadyExistsError, PreconditionError):
            standing = self._get(path)
        if standing and standing[0] == data:  # our own, whose answer was lost on the way
            return standing[1]
        raise self._overtaken()

    def _write(self, path: str, data: bytes, media_type: str, mode: object) -> Mapping[str, str]:
        caching = _FOR_EVER if _HASHED.search(path) else _BRIEF if media_type else "no-store"
        said = {"Content-Type": media_type or "application/octet-stream", "Cache-Control": caching}
        with self._speaking(path):
            return _version(self._store.put(path, data, attributes=said, mode=mode, use_multipart=False))

    def _get(self, path: str) -> tuple[bytes, Mapping[str, str]] | None:
        try:
            with self._speaking(path):
                found = self._store.get(path)
                return bytes(found.bytes()), _version(found.meta)
        except FileNotFoundError:
            return None

    def _delete(self, path: str) -> None:
        try:
            with self._speaking(path):
                self._store.delete(path)
        except FileNotFoundError:
            return

    def _speaking(self, path: str) -> "_Speaking":
        return _Speaking("/".join(filter(None, (self.url.rstrip("/"), path))))


class _Speaking:
    """Turns what the store's library raises into our words, without a secret in them."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError  # noqa: PLC0415

        ours = isinstance(error, (BaseError, OSError)) and not isinstance(
            error, (AlreadyExistsError, PreconditionError, FileNotFoundError)
        )
        if ours:
            cure = "Check the address, the credentials in the environment and the network; what stood still stands."
            raise OutputError(f"{self._what}: the store does not answer as it should: {_reason(error)}", cure) from None


def is_address(where: str) -> bool:
    """Whether an output is named as an object store."""
    return where.partition("://")[0] in SCHEMES and "://" in where


def _opened(url: str) -> Any:  # noqa: ANN401 -- the library is an extra, and imported here only
    try:
        from obstore.exceptions import BaseError  # noqa: PLC0415
        from obstore.store import from_url  # noqa: PLC0415
    except ImportError:
        cure = 'Install it: pip install "syndicate-cards[store]".'
        raise SettingsError(f"{url}: the library for object stores is not installed", cure) from None
    if names_user(url):
        cure = "Name it as s3://bucket/folder; credentials come from the environment."
        raise SettingsError(f"{veiled(url)}: an address holds no credentials", cure)
    # Plain HTTP only where nobody listens in between: a test server, or a gateway on this machine.
    client: Any = {"allow_http": True} if _on_this_machine() else {}
    try:
        return from_url(url, client_options=client, retry_config={"max_retries": 4})
    except (BaseError, ValueError) as error:
        raise SettingsError(f"{url}: cannot be used: {_reason(error)}", "Name it as s3://bucket/folder.") from None


def _on_this_machine() -> bool:
    endpoint = os.environ.get("AWS_ENDPOINT_URL") or os.environ.get("AWS_ENDPOINT") or ""
    return urlsplit(endpoint).hostname in {"127.0.0.1", "localhost", "::1"}


def _version(meta: Mapping[str, Any]) -> Mapping[str, str]:
    return {name: meta[name] for name in ("e_tag", "version") if meta.get(name)}


def _until(lease: bytes) -> float:
    try:
        return float(json.loads(lease)["until"])
    except (ValueError, KeyError, TypeError):
        return 0.0


def _reason(error: BaseException | None) -> str:
    """Return the first line of an error, without a secret in it."""
    return veiled((str(error).strip().splitlines() or [type(error).__name__])[0])
