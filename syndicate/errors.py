"""What can go wrong, said in the reader's words.

An error stops a build or a file; whatever can be survived is a finding instead (see ``findings``).
"""


class SyndicateError(Exception):
    """Base of every error a caller may want to catch.

    ``exit_code`` is what the command line answers with; ``help`` says what to do.
    """

    exit_code = 2

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002 -- the word the diagnostics use
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return self.message


class SettingsError(SyndicateError):
    """The settings, the site folder or the command line cannot be used."""


class Refusal(SyndicateError):  # noqa: N818 -- not a mistake of ours: we decline
    """Publishing was declined to protect what stands."""

    exit_code = 4


class Busy(SyndicateError):  # noqa: N818 -- a state, not a mistake
    """Another build holds the lock; it was told to run once more."""

    exit_code = 3


class AssetError(SyndicateError):
    """A source file is gone, or is no longer the one that was planned with."""

    exit_code = 1
