"""Whom the title of a calendar's event names, such as "EARLY - Insp A Penrose 14X"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from officers.rules.roles import Role

_WORDS = re.compile(r"[\w@.+\-'\u2019]+")


@dataclass(frozen=True)
class Named:
    """Somebody who may be named: what they are known by."""

    key: int
    username: str
    number: str
    bcu: str
    given_name: str
    family_name: str


class Roll:
    """Everybody who may be named, found by any word that names them."""

    def __init__(self, people: Iterable[Named]) -> None:
        self._by_word: dict[str, list[Named]] = {}
        for each in people:
            family = each.family_name.casefold().split()
            for word in {*_exact(each), *family[:1]}:
                self._by_word.setdefault(word, []).append(each)

    def named_in(self, title: str) -> list[int]:
        """The keys of those whom the title names most surely: several, if it cannot be told which.

        A user name or collar number (with the BCU behind it, or without) is surer than the family
        name with the given name or its initial, and that surer than the family name alone.
        """
        words = [word.strip(".,-").casefold() for word in _WORDS.findall(title)]
        met = {each.key: each for word in words for each in self._by_word.get(word, [])}
        sure: dict[int, list[int]] = {}
        for each in met.values():
            if how := _how_surely(words, each):
                sure.setdefault(how, []).append(each.key)
        return sure[max(sure)] if sure else []


def role_in(title: str) -> Role | None:
    """The role that the title names in full, if it names just one."""
    said = " ".join(title.casefold().replace("_", " ").split())
    found = [
        role
        for role in Role
        if re.search(rf"\b{re.escape(role.label.casefold())}\b", said)
        or re.search(rf"\b{role.value.replace('_', ' ')}\b", said)
    ]
    return found[0] if len(found) == 1 else None


def _exact(who: Named) -> set[str]:
    number = who.number.casefold()
    return {who.username.casefold(), *({number, number + who.bcu.casefold()} if number else ())}


def _how_surely(words: list[str], who: Named) -> int:
    if _exact(who) & set(words):
        return 3
    family = who.family_name.casefold().split()
    for at in range(len(words) - len(family) + 1):
        if words[at : at + len(family)] != family:
            continue
        before = words[at - 1] if at else ""
        after = words[at + len(family)] if at + len(family) < len(words) else ""
        given = who.given_name.casefold()
        return 2 if (before and before in {given, given[:1]}) or after == given else 1
    return 0
