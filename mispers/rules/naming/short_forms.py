"""Names that stand for one another: short forms, and spellings that no rule of sound joins.

They are data, in fixtures/names/short_forms.toml; a name may belong to several groups.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from core.registries.reference import entries_in
from mispers.rules.naming.nearness import nearness
from mispers.rules.naming.sounds import sounds_of

# How near a spelling must come to a listed name to be taken for it.
AS_LISTED = 0.92


@lru_cache(maxsize=20_000)
def stand_for(word: str) -> frozenset[str]:
    """The folded names that stand for this one, spelt in whichever way that reads the same."""
    groups = _groups()
    alike = groups.keys() & {word}
    for sound in sounds_of(word):
        alike |= {
            known for known in _by_sound().get(sound, ()) if nearness(known, word) >= AS_LISTED
        }
    found = frozenset().union(*(groups[known] for known in alike))
    return found - {word}


def stands_for(asked: str, known: str) -> bool:
    """Whether a known name, spelt in whichever way, is one that stands for what is asked."""
    standing = _standing(asked)
    return any(
        known == name or nearness(name, known) >= AS_LISTED
        for sound in sounds_of(known)
        for name in standing.get(sound, ())
    )


@lru_cache(maxsize=2_000)
def _standing(asked: str) -> Mapping[str, frozenset[str]]:
    """The names that stand for one, by their sounds."""
    return _sorted_by_sound(stand_for(asked))


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    """Everybody who shares a group with a name, by name."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries_in("names/short_forms.toml", "tradition"):
        for line in entry["groups"]:
            group = line.split()
            for name in group:
                found[name].update(group)
    return {name: frozenset(others) for name, others in found.items()}


@cache
def _by_sound() -> Mapping[str, frozenset[str]]:
    return _sorted_by_sound(_groups())


def _sorted_by_sound(names: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for sound in sounds_of(name):
            found[sound].add(name)
    return {sound: frozenset(names) for sound, names in found.items()}
