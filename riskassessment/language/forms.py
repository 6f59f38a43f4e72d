"""The notation in which the list of phrases says how a phrase may be written, made into patterns.

In a form
    word*      takes the usual endings, a doubled last letter too: put, puts, putting
    a|b        is either
    word?      may be missing, as may a|b?
    a~b        may be one word, two, or joined by a hyphen
    =WORD      is written exactly so, in capitals
    ...        is up to three words
    {self}     is herself, him-self, themselves, …; {their} is his, her, their, …
    {men}      is men, a male, adults, strangers, …; {older} is older, adult or grown
    {adult}    is an age of 18 to 99, with “year old” or without
    {aged}     is such an age said afterwards: “is 24”, “, aged 27”, “(31)”
    {then}     is what may stand between two parts of one sentence
    {behaviour} is behaviour in either spelling
Forms are matched in any case, across line breaks and hyphens, and never inside other words, in a
text as `riskassessment.language.reading` gives it: with straight apostrophes and plain spaces.
"""

import re
from collections.abc import Iterable

# What may stand between two words: spaces, line breaks and hyphens.
GAP = r"[\s-]+"
_ADULT_AGE = r"(?:1[89]|[2-9]\d)"
_NAMED = {
    "{self}": r"(?:themsel(?:f|ves)|her\W?self|him\W?self|your\W?self|myself|it\W?self)",
    "{their}": r"(?:his|her|their|its|your)",
    "{men}": r"(?:men|man|males?|adults?|strangers?|lads?|boys?)",
    "{older}": r"(?:older|adult|grown)",
    "{adult}": rf"{_ADULT_AGE}(?:{GAP}(?:years?|yrs?|yo){GAP}old|{GAP}?y/?o)?",
    "{behaviour}": r"behaviou?rs?",
    "...": rf"(?:[\w']+{GAP}){{0,3}}?",
}
# These bring what stands before and after them along.
_AGED = rf"(?:,?\s+(?:who|is|was|aged|age)|\s+who's)*[\s,(]+{_ADULT_AGE}"
_THEN = r"[^.!?\n]{1,40}?"
_ENDINGS = r"(?:e|es|ed|ing|er|ers|s|d|ion)?"


def compiled(forms: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all the forms."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_form, forms))})(?!\w)", re.IGNORECASE)


def _form(form: str) -> str:
    pattern, gap = "", ""
    *before, last = form.split()
    for part in (*before, last):
        if part in {"{aged}", "{then}"}:
            pattern += _AGED if part == "{aged}" else rf"\b{_THEN}\b"
            gap = ""
        elif part == "...":
            pattern += gap + _NAMED[part]
            gap = ""
        elif part.endswith("?") and part is last:
            pattern += f"(?:{gap}{_part(part[:-1])})?"
        elif part.endswith("?"):
            # The gap goes with the word that may be missing.
            pattern += rf"{gap}(?:{_part(part[:-1])}(?:{GAP}|(?!\w)))?"
            gap = ""
        else:
            pattern += gap + _part(part)
            gap = GAP
    return pattern


def _part(part: str) -> str:
    return f"(?:{'|'.join(map(_word, part.split('|')))})"


def _word(word: str) -> str:
    if word in _NAMED:
        return _NAMED[word]
    if word.startswith("="):
        return f"(?-i:{re.escape(word[1:])})"
    if word.endswith("*"):
        return f"{_joined(word[:-1])}{re.escape(word[-2])}?{_ENDINGS}"
    return _joined(word)


def _joined(word: str) -> str:
    """A word that may also be written as two or with a hyphen, where `~` says so."""
    return r"[\s-]*".join(re.escape(piece) for piece in word.split("~"))
