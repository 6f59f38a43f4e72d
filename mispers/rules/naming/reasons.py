"""Why a person is offered, in a few words: the strongest likeness of the names."""

from mispers.rules.naming.alike import How
from mispers.rules.naming.comparing import Likeness
from mispers.rules.naming.parts import Name

SAME_NAME = "Same name"
_WHOLE = {
    How.WRITTEN: SAME_NAME,
    How.STANDS_FOR: "Another form of the name",
    How.SOUND: "Name sounds the same",
    How.INITIAL: "Same initial",
    How.BEGINNING: "Name begins like this",
}
_PART = {
    How.WRITTEN: "Same {which}",
    How.STANDS_FOR: "Another form of the {which}",
    How.SOUND: "{which} sounds the same",
    How.INITIAL: "Same initial and {which}",
    How.BEGINNING: "{which} begins like this",
}


def in_words(asked: Name, known: Name, likeness: Likeness) -> str:
    """The likeness in words; empty where nothing agrees."""
    if likeness.how is None:
        return ""
    mine = sum(pair.asked.mask for pair in likeness.pairs)
    theirs = sum(pair.known.mask for pair in likeness.pairs)
    if asked.weighty & ~mine or known.weighty & ~theirs:
        words = _PART[likeness.how].format(which=_which(known, theirs))
        return words[0].upper() + words[1:]
    if likeness.how is not How.WRITTEN or asked.letters == known.letters:
        return _WHOLE[likeness.how] + ("" if _in_order(likeness) else ", the other way round")
    return SAME_NAME if _in_order(likeness) else "Same names, the other way round"


def _in_order(likeness: Likeness) -> bool:
    firsts = [
        pair.known.first for pair in sorted(likeness.pairs, key=lambda pair: pair.asked.first)
    ]
    return firsts == sorted(firsts)


def _which(known: Name, theirs: int) -> str:
    """Whether what agrees is of the given name, of the family name, or of both."""
    given = (1 << known.of_given) - 1
    if not theirs & given:
        return "family name" if not known.weighty & ~given & ~theirs else "part of the family name"
    if not theirs & ~given:
        return "given name" if not known.weighty & given & ~theirs else "part of the given name"
    return "part of the name"
