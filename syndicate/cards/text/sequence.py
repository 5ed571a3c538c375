"""One isolating run sequence of the Unicode Bidirectional Algorithm: its rules W1 to W7, N0 to N2, I1 and I2."""

from collections.abc import Iterator, Sequence

INITIATORS = frozenset({"LRI", "RLI", "FSI"})
ISOLATING = INITIATORS | {"PDI"}
Edges = tuple[str, str]
"""The directions at the start and the end of a sequence (sos, eos)."""
_NEUTRAL = frozenset({"B", "S", "WS", "ON"}) | ISOLATING
_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}
_OPEN_BRACKETS = 63
# Bidi_Paired_Bracket of BidiBrackets.txt; each opening bracket stands before its closing one.
_PAIRS = (
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e\u2308\u2309\u230a\u230b"
    "\u2768\u2769\u276a\u276b\u276c\u276d\u276e\u276f\u2770\u2771\u2772\u2773\u2774\u2775\u27c5\u27c6"
    "\u27e6\u27e7\u27e8\u27e9\u27ea\u27eb\u27ec\u27ed\u27ee\u27ef\u2983\u2984\u2985\u2986\u2987\u2988"
    "\u2989\u298a\u298b\u298c\u298d\u2990\u298f\u298e\u2991\u2992\u2993\u2994\u2995\u2996\u2997\u2998"
    "\u29d8\u29d9\u29da\u29db\u29fc\u29fd\u2e22\u2e23\u2e24\u2e25\u2e26\u2e27\u2e28\u2e29\u2e55\u2e56"
    "\u2e57\u2e58\u2e59\u2e5a\u2e5b\u2e5c\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011"
    "\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b\ufe59\ufe5a\ufe5b\ufe5c\ufe5d\ufe5e\uff08\uff09"
    "\uff3b\uff3d\uff5b\uff5d\uff5f\uff60\uff62\uff63"
)
_CLOSING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_CANONICAL = {"\u2329": "\u3008", "\u232a": "\u3009"}
_OPENING = frozenset(_CLOSING)
_CLOSERS = frozenset(_CLOSING.values())


def direction(level: int) -> str:
    """Return the direction of a level."""
    return "R" if level & 1 else "L"


class IsolatingRun:
    """An isolating run sequence: its characters, their original classes, their types after X1 to X8, and its edges."""

    def __init__(self, text: str, original: Sequence[str], types: Sequence[str], level: int, edges: Edges) -> None:
        self.text = text
        self.original = original
        self.types = list(types)
        self.level = level
        self.sos, self.eos = edges
        self.embedding = direction(level)

    def resolve(self) -> list[int]:
        """Return the level of each character."""
        self._marks()
        self._numbers()
        self._separators()
        self._terminators()
        self._brackets()
        self._neutrals()
        return [self.level + _raise(self.level, name) for name in self.types]

    def _marks(self) -> None:
        """W1."""
        before = self.sos
        for position, name in enumerate(self.types):
            if name == "NSM":
                self.types[position] = before
            before = "ON" if self.types[position] in ISOLATING else self.types[position]

    def _numbers(self) -> None:
        """W2, W3."""
        strong = self.sos
        for position, name in enumerate(self.types):
            if name in {"R", "L", "AL"}:
                strong = name
            elif name == "EN" and strong == "AL":
                self.types[position] = "AN"
        self.types = ["R" if name == "AL" else name for name in self.types]

    def _separators(self) -> None:
        """W4."""
        types = self.types
        for position in range(1, len(types) - 1):
            before, name, after = types[position - 1 : position + 2]
            if before == after and ((name == "ES" and before == "EN") or (name == "CS" and before in {"EN", "AN"})):
                types[position] = before

    def _terminators(self) -> None:
        """W5, W6, W7."""
        types = self.types
        for start, end in _stretches(types, frozenset({"ET"})):
            if "EN" in types[max(start - 1, 0) : start] + types[end : end + 1]:
                types[start:end] = ["EN"] * (end - start)
        strong = self.sos
        for position, name in enumerate(types):
            if name in {"ES", "ET", "CS"}:
                types[position] = "ON"
            elif name in {"R", "L"}:
                strong = name
            elif name == "EN" and strong == "L":
                types[position] = "L"

    def _brackets(self) -> None:
        """N0."""
        for opening, closing in sorted(self._pairs()):
            inside = {_STRONG.get(name) for name in self.types[opening + 1 : closing]} - {None}
            if self.embedding in inside:
                self._set_pair(opening, closing, self.embedding)
            elif inside:
                strong = (_STRONG[name] for name in self.types[opening - 1 :: -1] if name in _STRONG) if opening else ()
                before = next(iter(strong), self.sos)
                self._set_pair(opening, closing, before if before != self.embedding else self.embedding)

    def _pairs(self) -> list[tuple[int, int]]:
        """BD16."""
        waiting: list[tuple[str, int]] = []
        pairs: list[tuple[int, int]] = []
        for position, spelled in enumerate(self.text):
            character = _CANONICAL.get(spelled, spelled)
            if self.types[position] != "ON":
                continue
            if character in _OPENING:
                if len(waiting) == _OPEN_BRACKETS:
                    break
                waiting.append((_CLOSING[character], position))
            elif character in _CLOSERS:
                _match(character, position, waiting, pairs)
        return pairs

    def _set_pair(self, opening: int, closing: int, direction: str) -> None:
        for position in (opening, closing):
            self.types[position] = direction
            after = position + 1
            while after < len(self.types) and self.original[after] == "NSM":
                self.types[after] = direction
                after += 1

    def _neutrals(self) -> None:
        """N1, N2."""
        types = self.types
        for start, end in _stretches(types, _NEUTRAL):
            before = _STRONG[types[start - 1]] if start else self.sos
            after = _STRONG[types[end]] if end < len(types) else self.eos
            types[start:end] = [before if before == after else self.embedding] * (end - start)


def _match(character: str, position: int, waiting: list[tuple[str, int]], pairs: list[tuple[int, int]]) -> None:
    for depth in range(len(waiting) - 1, -1, -1):
        if waiting[depth][0] == character:
            pairs.append((waiting[depth][1], position))
            del waiting[depth:]
            return


def _stretches(types: Sequence[str], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(types):
        end = start
        while end < len(types) and types[end] in wanted:
            end += 1
        if end > start:
            yield start, end
        start = end + 1


def _raise(level: int, name: str) -> int:
    """I1, I2."""
    if level & 1:
        return int(name in {"L", "EN", "AN"})
    return {"R": 1, "AN": 2, "EN": 2}.get(name, 0)
