"""Git, asked as if from nowhere: a hook's environment points at its own repository, which misleads every other call."""

import os
import subprocess
from pathlib import Path

from syndicate.errors import SettingsError

_SECONDS = 120


def cleaned() -> dict[str, str]:
    """Return the environment without what git left in it (``GIT_DIR=.`` above all)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "GIT_TERMINAL_PROMPT": "0"}


def git(folder: Path, *arguments: str, index: Path | None = None) -> str:
    """Run git in a folder, without the repository's hooks, and return what it says. Raises ``SettingsError``.

    ``index`` is another index than the repository's own.
    """
    more = {"GIT_INDEX_FILE": str(index)} if index else {}
    return _run(["git", "-C", str(folder), "-c", "core.hooksPath=/dev/null", *arguments], more)


def hooks_folder(repository: Path) -> Path:
    """Return where a repository's hooks are. Raises ``SettingsError`` where others share them."""
    place = (repository / _asked(repository, "--git-path", "hooks")).resolve()
    own = (repository / _asked(repository, "--git-common-dir")).resolve()
    top = repository if is_bare(repository) else Path(_asked(repository, "--show-toplevel"))
    if own not in place.parents and top.resolve() not in place.parents:
        raise SettingsError(
            f"{place}: hooks here are run for other repositories, too",
            "Unset core.hooksPath, or call it from your own.",
        )
    return place


def is_bare(repository: Path) -> bool:
    """Whether a repository has no work tree of its own."""
    return _asked(repository, "--is-bare-repository") == "true"


def branch(repository: Path) -> str:
    """Return the branch that a repository shows to those who clone it."""
    return git(repository, "symbolic-ref", "--short", "HEAD")


def _asked(repository: Path, *question: str) -> str:
    return _run(["git", "-C", str(repository), "rev-parse", *question], {})


def _run(command: list[str], more: dict[str, str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 -- git, with arguments of ours
            command, capture_output=True, check=True, timeout=_SECONDS, env={**cleaned(), **more}
        )
    except FileNotFoundError:
        raise SettingsError("git is not installed", "Install it, or do without its hooks.") from None
    except subprocess.TimeoutExpired:
        raise SettingsError(
            f"git took longer than {_SECONDS} s: {' '.join(command[5:])}", "See what keeps it."
        ) from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        raise SettingsError(f"git: {said}", "Name a git repository, and one that you may write.") from None
    return done.stdout.decode(errors="surrogateescape").strip()
