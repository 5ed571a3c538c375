"""What a typesetter corrects before setting: composed characters, and the spaces a language asks for.

French puts a narrow no-break space before ``; ! ?`` and a no-break space before ``:`` and inside guillemets
(Imprimerie nationale, Lexique des règles typographiques). Words are never changed.
"""

import re
import unicodedata

from syndicate.characters import one_line

NO_BREAK, NARROW = "\u00a0", "\u202f"
_SPACE = "[ \u00a0\u202f\u2009]"
_ENDS = r"(?=$|[\s\u00a0\u202f)\]»”’!?…])"
_FRENCH = (
    (re.compile(rf"{_SPACE}+(?=[;!?]+{_ENDS})"), NARROW),
    (re.compile(rf"(?<=[\w»”’)\]%€])(?=[;!?]+{_ENDS})"), NARROW),
    (re.compile(rf"{_SPACE}+(?=:{_ENDS})"), NO_BREAK),
    (re.compile(rf"(?<=[\w»”’)\]%€])(?=:{_ENDS})"), NO_BREAK),
    (re.compile(rf"«{_SPACE}*(?=\S)"), f"«{NO_BREAK}"),
    (re.compile(rf"(?<=\S){_SPACE}*»"), f"{NO_BREAK}»"),
)
_CANADIAN = (_FRENCH[0], *_FRENCH[2:])
"""Canadian French sets ``; ! ?`` close; where an author put a space, it must not break."""
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")


def prepare(text: str, language: str) -> str:
    """Return a text as it is to be set: one line, composed, with its language's own spaces."""
    clean = unicodedata.normalize("NFC", one_line(text))
    clean = _APOSTROPHE.sub("’", clean)
    tag = language.lower()
    if tag.partition("-")[0] == "fr":
        for pattern, replacement in _CANADIAN if tag == "fr-ca" else _FRENCH:
            clean = pattern.sub(replacement, clean)
    return clean
