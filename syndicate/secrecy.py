"""What no message may show: secrets that the environment holds, and users and passwords in addresses.

Whoever builds from a job or a service hands secrets over in variables, and libraries and other programs put what they
were given into their complaints. So every complaint passes here before it is shown, logged or handed on.
"""

import os
import re

_NAMES = re.compile(r"(?i)secret|token|passw|_key(_id)?$|(^|_)sas(_|$)|credential")
_PLACES = re.compile(r"(?i)_(file|path|dir|env)$")
"""What only says where a secret is."""
_SENDERS = re.compile(r"[a-z]+:(?=.)")
_SHORT = 6
"""Values shorter than this are no secrets, and would tear words apart."""
_USER = re.compile(r"""(?<=://)[^/\s?#'"<>\\]+@""")
VEIL = "***"


def veiled(text: str) -> str:
    """Return a message without a secret in it."""
    for secret in _secrets():
        if secret in text:
            text = text.replace(secret, VEIL)
    return _USER.sub(f"{VEIL}@", text) if "://" in text else text


def names_user(address: str) -> bool:
    """Whether an address holds a user or a password: what is published, or called, may not."""
    return _USER.search(address) is not None


def without_user(address: str) -> str:
    """Return an address without its user and password."""
    return _USER.sub("", address)


def _secrets() -> list[str]:
    """Return what must not be shown, the longest first, so that a part of one never hides that it is one."""
    values = (value for name, value in os.environ.items() if _is_secret(name))
    # Several webhook secrets may stand in one variable, each after the name of its sender.
    words = {word for value in values for word in (value, *_listed(value))}
    return sorted((word for word in words if len(word) >= _SHORT), key=lambda word: (-len(word), word))


def _is_secret(name: str) -> bool:
    return bool(_NAMES.search(name)) and not _PLACES.search(name)


def _listed(value: str) -> list[str]:
    return [_SENDERS.sub("", word, count=1) for word in value.split() if len(word) > 2 * _SHORT]
