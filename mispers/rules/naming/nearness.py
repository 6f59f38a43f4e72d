"""How near two words are as they are read aloud: the cost of turning one into the other."""

from functools import lru_cache

from mispers.rules.naming.sounds import key, readings_of

SHORT = 3
# What each difference of two readings costs, in letters.
_NEAR_VOWELS = {frozenset(pair) for pair in ("ei", "ou", "ae")}
_NEAR_CONSONANTS = {frozenset(pair) for pair in ("bp", "bf", "dt", "gk", "zS", "sS", "sz")}
_NEAR, _OTHER_VOWEL, _VOWEL_MORE, _H_MORE, _LAST_VOWEL = 0.2, 0.4, 0.35, 0.15, 0.8
_VOWELS = frozenset("aeiou")
# A word in a script that leaves its vowels out says only that the consonants agree.
_WITHOUT_VOWELS = 0.85


@lru_cache(maxsize=50_000)
def nearness(one: str, other: str) -> float:
    """How near two folded words are as they are read aloud, 0 to 1: of readings with one key."""
    mine, theirs = readings_of(one), readings_of(other)
    if not set(mine).isdisjoint(theirs):
        return 1.0
    ways = (_near(each, their) for each in mine for their in theirs if key(each) == key(their))
    return max(ways, default=0.0)


def _near(one: str, other: str) -> float:
    if not (one and other):
        return 0.0
    is_bare = _VOWELS.isdisjoint(one[1:]) or _VOWELS.isdisjoint(other[1:])
    if is_bare and min(len(one), len(other)) >= SHORT - 1 and _bones(one) == _bones(other):
        return _WITHOUT_VOWELS
    # Jang is not Jung: in so short a word its one vowel is half the name.
    other_vowel = _OTHER_VOWEL * (2 if max(len(one), len(other)) <= SHORT + 1 else 1)
    cost = _distance(one, other, other_vowel)
    if one[-1] != other[-1] and {one[-1], other[-1]} == {"a", "o"}:
        cost += _LAST_VOWEL - _OTHER_VOWEL
    return 1 - cost / max(len(one), len(other))


def _bones(reading: str) -> str:
    return "".join(char for char in reading[1:] if char not in _VOWELS and char != "h")


def _distance(one: str, other: str, other_vowel: float) -> float:
    """The least cost of turning one reading into the other, letter by letter."""
    row = [0.0]
    for char in other:
        row.append(row[-1] + _more(char))
    for mine in one:
        above, row = row, [row[0] + _more(mine)]
        for place, theirs in enumerate(other):
            row.append(
                min(
                    above[place] + _instead(mine, theirs, other_vowel),
                    above[place + 1] + _more(mine),
                    row[place] + _more(theirs),
                )
            )
    return row[-1]


def _more(char: str) -> float:
    if char in _VOWELS:
        return _VOWEL_MORE
    return _H_MORE if char == "h" else 1.0


def _instead(mine: str, theirs: str, other_vowel: float) -> float:
    if mine == theirs:
        return 0.0
    pair = frozenset((mine, theirs))
    if pair <= _VOWELS:
        return _NEAR if pair in _NEAR_VOWELS else other_vowel
    return _NEAR if pair in _NEAR_CONSONANTS else 1.0
