"""How a folded word sounds, across languages: coarsely, as a key to look by, and with its vowels.

The key keeps the first sound and the consonants in seven classes, so that what is one name in two
spellings nearly always has one key. It is meant to find too much; `alike` then looks closely.
"""

import re
from functools import lru_cache

LONGEST_KEY = 4
MOST_READINGS = 8
# In this order. S stands for every hissing sound, K for k, q and hard c and g, and a doubled letter
# counts once. A pair of readings is where languages differ: Bach and Chavez, Jan and John.
_READINGS: list[tuple[re.Pattern[str], tuple[str, ...]]] = [
    (re.compile(pattern), readings)
    for pattern, readings in [
        (r"^ma?c(?=[cgkq])", ("ma",)),
        (r"^mc(?=[bdfjlmnpqrstvwz])", ("mk",)),
        (r"^mac(?=[bdfjlmnpqrstvwz])", ("mk", "mak")),
        (r"^(abd)[aeiou]?[lrsznd](?=[bcdfgjkmnpqrstvwxz])", (r"\1",)),
        (r"xh|^(?:ts|cs|cz|tz|hs(?=[aeiou])|ps|ks|c(?=v))", ("S",)),
        (r"^x(?=[aeiou])", ("S", "h")),
        (r"^(?:gn|pn)|gn(?=e$)", ("n",)),
        (r"^kn", ("n", "kn")),
        (r"^wr", ("r", "vr")),
        (r"^h(?=\w+(?:enko|chuk|yuk|iuk|sk[iy]))", ("h", "g")),
        (r"^(?:wh|hw)", ("w",)),
        (r"^ng(?=[aeiouy])", ("n",)),
        (r"(?<=....)ng$", ("nk", "n")),
        (r"(?<=.....)s$", ("s", "")),
        (r"mp(?=[st])", ("m",)),
        (r"n(?=son$)", ("n", "")),
        (r"^es(?=[ptckqm])", ("es", "s")),
        (r"^ou(?=[aei])", ("w",)),
        (r"ou(?=[aei])", ("u", "ou")),
        (r"tx", ("S",)),
        (r"x", ("kS", "h", "S")),
        (r"tsch|shch|sch|tch|sh|gj|cz|sz|zs|zh|dzh|dz|dj|dg(?=[ei])|ds(?=k)|ts|tz|jh", ("S",)),
        (r"rz", ("S", "rz")),
        (r"ch", ("S", "k", "h")),
        (r"qu?(?=[iy])", ("S", "k")),
        (r"(?<=[aou])re?$", ("r", "")),
        (r"(?<=[ou])w(?=[aeiou])", ("w", "")),
        (r"m(?=[kg])", ("m", "n")),
        (r"(?<=.)g$", ("g", "k")),
        (r"quh?(?=[ao])", ("ku", "k")),
        (r"(?<=[bcdfghjklmnpqrstvzS])w(?=[aeio])", ("u", "w")),
        (r"(?<=.)w(?=u)", ("",)),
        (r"ph", ("f", "p")),
        (r"bh", ("b",)),
        (r"(?<=[aeiou])dh$", ("t", "")),
        (r"th|dh", ("t",)),
        (r"kh", ("k", "h")),
        (r"(?<=.)gh(?=.)|gh$", ("k", "")),
        (r"gh", ("k",)),
        (r"h(?=[dlrv])", ("h", "g")),
        (r"cc(?=[eiy])|c(?=[eiy])", ("S", "k")),
        (r"c|q", ("k",)),
        (r"g(?=[iy][aeou])", ("k", "S", "y")),
        (r"g(?=[eiy])", ("k", "S")),
        (r"j", ("S", "y")),
        (r"w(?=[bcdfghjklmnpqrstvxzkS]|$)", ("", "v")),
        (r"w|v", ("f",)),
    ]
]
_CLASSES = str.maketrans("bpfvdtszgkqSlmnr", "PPPPTTSSKKKSLMNR")
_VOWELS = "aeiouy"


@lru_cache(maxsize=20_000)
def readings_of(word: str) -> tuple[str, ...]:
    """How a folded word may be read aloud, in letters of its sounds, the likeliest first."""
    found = [re.sub(r"(.)\1+", r"\1", word.replace("ee", "i").replace("oo", "u"))]
    for pattern, readings in _READINGS:
        found = [new for old in found for new in _each(pattern, readings, old)]
        found = list(dict.fromkeys(found))[:MOST_READINGS]
    spoken = (re.sub(r"(.)\1+", r"\1", _vowels(each)) for each in found)
    return tuple(dict.fromkeys(spoken))


@lru_cache(maxsize=20_000)
def sounds_of(word: str) -> tuple[str, ...]:
    """The keys by which a folded word is found; none for an empty one."""
    return tuple(dict.fromkeys(found for each in readings_of(word) if (found := key(each))))


def _each(pattern: re.Pattern[str], readings: tuple[str, ...], word: str) -> list[str]:
    return [pattern.sub(reading, word) for reading in readings] if pattern.search(word) else [word]


def _vowels(word: str) -> str:
    """Written vowels nearer to how they are said; an H after a vowel at the end is silent."""
    word = word.replace("ou", "u").replace("y", "i")
    return re.sub(r"(?<=[aeiou])h$", "", word)


@lru_cache(maxsize=50_000)
def key(spoken: str) -> str:
    """The key of one reading: its first sound if that is a vowel, then its consonants by class."""
    first = "A" if spoken[:1] in {*_VOWELS, "h"} else ""
    bare = re.sub("[aeiouyh]", " ", spoken).translate(_CLASSES)
    joined = re.sub(r"([A-Z])\1+", r"\1", bare.replace("  ", " "))
    return (first + joined.replace(" ", ""))[:LONGEST_KEY]
