"""Whether a name that is asked for may be a name that is recorded, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from mispers.rules.naming.alike import Agreement, How, agree, begins
from mispers.rules.naming.parts import Name, Run

# From how many weighty words on one may differ: of two given and two family names, three agree.
MANY = 4


@dataclass(frozen=True)
class Pair:
    """A run that was asked for, the recorded one that agrees with it, and how."""

    asked: Run
    known: Run
    agreement: Agreement


@dataclass(frozen=True)
class Likeness:
    """How far two names agree.

    closeness: from 0 to 1, 1 for a name that is written alike in every word. is_name: whether they
    may be one name; otherwise no more than parts of them agree. pairs: which parts.
    """

    closeness: float
    is_name: bool
    pairs: tuple[Pair, ...]

    @property
    def how(self) -> How | None:
        """The weakest way in which a part agrees; None where none does."""
        ways = [pair.agreement.how for pair in self.pairs]
        return min(ways, key=lambda each: each.value) if ways else None


def compare(asked: Name, known: Name) -> Likeness:
    """How the two agree, whatever the order and the splitting of their words."""
    pairs = _best(_agreements(asked, known))
    mine, theirs = _covered(pairs)
    initials = _initials(asked, known, mine, theirs)
    mine |= sum(pair.asked.mask for pair in initials)
    theirs |= sum(pair.known.mask for pair in initials)
    every = (*pairs, *initials)
    weight = sum(
        pair.agreement.closeness
        * ((pair.asked.mask & asked.weighty).bit_count()
           + (pair.known.mask & known.weighty).bit_count())
        for pair in every
    )  # fmt: skip
    whole = asked.weighty.bit_count() + known.weighty.bit_count()
    return Likeness(
        closeness=weight / whole if whole else 0.0,
        is_name=_is_name(asked, known, mine, theirs),
        pairs=every,
    )


def _agreements(asked: Name, known: Name) -> list[Pair]:
    return [
        Pair(mine, theirs, agreement)
        for mine in asked.runs
        for theirs in known.runs
        if (agreement := _agree(mine, theirs)) is not None
    ]


def _agree(mine: Run, theirs: Run) -> Agreement | None:
    if mine.words > 1 and theirs.words > 1:
        return None  # Their words agree one by one, or not at all.
    if len(mine.spelt[0]) == 1 or len(theirs.spelt[0]) == 1:
        # A letter sounds like too much: it is an initial, or the very same letter.
        return Agreement(How.WRITTEN, 1.0) if mine.spelt[0] == theirs.spelt[0] else None
    ways = [way for one in mine.spelt for other in theirs.spelt if (way := agree(one, other))]
    if not ways and mine.words == theirs.words == 1 and _begins(mine, theirs):
        return Agreement(How.BEGINNING, How.BEGINNING.value)
    return max(ways, key=lambda each: each.closeness, default=None)


def _begins(mine: Run, theirs: Run) -> bool:
    return any(begins(mine.spelt[0], spelling) for spelling in theirs.spelt)


def _best(found: Sequence[Pair], asked: int = 0, known: int = 0) -> tuple[Pair, ...]:
    """Of all choices of pairs that share no word, that in which the most words agree the best.

    asked, known: the words that are taken already.
    """
    free = [pair for pair in found if not (pair.asked.mask & asked or pair.known.mask & known)]
    if not free:
        return ()
    first = min(pair.asked.first for pair in free)
    choices = [
        (pair, *_best(free, asked | pair.asked.mask, known | pair.known.mask))
        for pair in free
        if pair.asked.first == first
    ]
    without = _best([pair for pair in free if pair.asked.first > first], asked, known)
    return max([*choices, without], key=_worth)


def _worth(pairs: Sequence[Pair]) -> float:
    return sum(pair.agreement.closeness * (pair.asked.words + pair.known.words) for pair in pairs)


def _covered(pairs: Sequence[Pair]) -> tuple[int, int]:
    return (sum(pair.asked.mask for pair in pairs), sum(pair.known.mask for pair in pairs))


def _initials(asked: Name, known: Name, mine: int, theirs: int) -> tuple[Pair, ...]:
    """Initials, on either side, that stand for a word of the other that nothing agrees with yet."""
    found = []
    for one in asked.runs:
        for other in known.runs:
            if one.words > 1 or other.words > 1 or one.mask & mine or other.mask & theirs:
                continue
            letters = one.spelt[0], other.spelt[0]
            is_initial = one.mask & asked.initials or other.mask & known.initials
            if is_initial and letters[0][:1] == letters[1][:1]:
                found.append(Pair(one, other, Agreement(How.INITIAL, How.INITIAL.value)))
                mine |= one.mask
                theirs |= other.mask
    return tuple(found)


def _is_name(asked: Name, known: Name, mine: int, theirs: int) -> bool:
    """The shorter name must be in the longer one; of long ones a word may differ."""
    # Who asks for nothing but particles means them: Do, Van An.
    weighty = known.weighty if asked.is_weighed else known.weighty | theirs
    if not (mine & asked.weighty and theirs & weighty):
        return False
    left = (asked.weighty & ~mine).bit_count(), (weighty & ~theirs).bit_count()
    if _contradicts(asked, mine, known, theirs) or _contradicts(known, theirs, asked, mine):
        return False
    if 0 in left:
        return True
    shorter = min(asked.weighty.bit_count(), known.weighty.bit_count())
    return shorter >= MANY and max(left) == 1


def _contradicts(one: Name, covered: int, other: Name, others: int) -> bool:
    """An initial agrees with nothing, though words of the other name are left that it could be."""
    return bool(one.initials & ~covered and other.weighty & ~others)
