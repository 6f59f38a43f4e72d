"""Names in plain Latin letters: without case, accents and marks, whatever script they are in."""

import re
import unicodedata

from anyascii import anyascii

# From here on, scripts that write a syllable or a word with each character.
_FIRST_SYLLABIC = 0x2E80
# Korean family names as the families themselves write them; the scheme alone makes other words.
_KOREAN_FAMILY = {
    "김": "kim", "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho",
    "유": "yoo", "류": "ryu", "오": "oh", "노": "noh", "임": "lim", "우": "woo", "신": "shin",
    "권": "kwon", "문": "moon", "서": "seo", "주": "joo",
}  # fmt: skip
# Arabic letters that stand for a vowel and would be lost.
_ARABIC_VOWELS = str.maketrans(dict.fromkeys("عاأإآٱىة", "a"))
_ARABIC_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
# Greek pairs of letters that are one sound.
_GREEK = {
    "ου": "ou",
    "ού": "ou",
    "αυ": "av",
    "αύ": "av",
    "ευ": "ev",
    "εύ": "ev",
    "μπ": "b",
    "γγ": "ng",
}
_APOSTROPHES = re.compile(r"['’‘ʼʻ`´ʿʾ]")
# What stands before an apostrophe as a word of its own: O'Driscoll, D'Artagnan.
_ELIDED = re.compile(r"(?<!\w)([odlnm])['’‘ʼʻ`´](?=\w)", re.IGNORECASE)
# Letters that are also written in another way than without their mark.
_ALSO = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "å": "aa",
        "ø": "oe",
        "đ": "dj",
        "ç": "s",
        "ğ": "h",
        "ț": "ts",
    }
)
# Arabic letters as Persian and its neighbours say them.
_PERSIAN = str.maketrans({"ض": "z", "ث": "s", "ذ": "z", "ظ": "z", "و": "v", "ة": "at"})
# What is left off a word in everyday use, and how many letters must remain: a woman's ending of a
# family name (Nováková), the Arabic article in one word (Alrashid), the divine part of a West
# African name (Oluwaseun, Ifeanyichukwu), the Tamil ending (Ramakrishnan).
_SHORTENED = [
    (re.compile(pattern), least)
    for pattern, least in [
        (r"(?<=[bcdfghjklmnpqrstvwxz])(?:ova|eva|ene)$", 4),
        (r"^(?:al|el|ul)(?=[bcdfghjkmnpqrstvwxyz])", 4),
        (r"^oluwa|^olu|^omo|^ade|^chukwu|chukwu$", 4),
        (r"(?<=a)n$", 8),
    ]
]
# Long vowels doubled beside C or X: Somali, whose C is a catch of the breath and whose X is an H.
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_SOMALI = re.compile(r"(?=.*(?:aa|ee|ii|oo|uu))(?=.*[cx])")
LONGEST = 40


def words_of(name: str) -> list[str]:
    """The words of a name, in small letters, with their accents; at hyphens they part as well."""
    text = unicodedata.normalize("NFC", name).casefold()
    text = unicodedata.normalize("NFC", text)
    text = _ARABIC_ARTICLE.sub("al ", text)
    text = _APOSTROPHES.sub("", _ELIDED.sub(r"\1 ", text))
    text = "".join(f" {char} " if ord(char) >= _FIRST_SYLLABIC else char for char in text)
    parted = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in text)
    return [word for word in parted.split() if any(char.isalnum() for char in word)]


def fold(word: str) -> str:
    """One word in the letters a to z (and digits), at most 40 of them; as it is if it has none."""
    if word in _KOREAN_FAMILY:
        return _KOREAN_FAMILY[word]
    for pair, letters in _GREEK.items():
        word = word.replace(pair, letters)
    if _ARABIC.search(word):
        word = word.translate(_ARABIC_VOWELS)
    latin = re.sub(r"[^a-z0-9]", "", anyascii(word).lower())
    return (latin or word)[:LONGEST]


def letters_of(name: str) -> str:
    """The letters of a whole name in one: two names with the same are written alike."""
    return "".join(fold(word) for word in words_of(name))


def spellings(word: str) -> tuple[str, ...]:
    """A word's folded spelling, and the others by which its bearer is written just as well.

    Müller is Muller and Mueller; Nováková is of the family Novák; Alrashid is Al Rashid; Oluwaseun
    is Seun; Maxamuud is, out of Somali spelling, Mahamud.
    """
    plain = fold(word)
    also = [plain, fold(word.translate(_ALSO)), *shortened(plain)]
    if _ARABIC.search(word):
        also += [fold(word.translate(_PERSIAN)), fold(word.replace("و", "o"))]
    if _HANGUL.search(word):
        also.append(re.sub("^l", "r", plain))
    if _SOMALI.search(plain):
        also.append(plain.replace("c", "").replace("x", "h"))
    return tuple(dict.fromkeys(each for each in also if each))


def shortened(plain: str) -> list[str]:
    """What may be left of a folded word in everyday use."""
    stems = [(ending.sub("", plain), least) for ending, least in _SHORTENED]
    return [stem for stem, least in stems if len(stem) >= least]
