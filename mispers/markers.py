"""Markers: what is known about a person that bears on risk, by code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Marker:
    """One marker. matters: what it means for risk, shown beside it."""

    code: str
    label: str
    matters: str


_markers: dict[str, Marker] = {}


def register(code: str, label: str, matters: str = "") -> Marker:
    """Add a marker to the list; a code stands for one thing only."""
    if code in _markers:
        raise ValueError(f"Marker {code} is registered twice.")
    _markers[code] = Marker(code, label, matters)
    return _markers[code]


def markers() -> list[Marker]:
    """Every marker, in the order in which a form shows them."""
    return list(_markers.values())


def is_known(code: str) -> bool:
    """Whether there is a marker of this code."""
    return code in _markers


def label_of(code: str) -> str:
    """The marker's label; a code that has since been dropped stands for itself."""
    return _markers[code].label if code in _markers else code


register("cse", "Sexual exploitation", "May be with, or on the way to, somebody who exploits them.")
register("cce", "Criminal exploitation", "May be held, in debt or carrying drugs for others.")
register("trafficking", "Trafficked or modern slavery", "May be with those who control them.")
register("self_harm", "Self-harm or suicide risk", "Say what was done before, and how.")
register("mental_health", "Mental ill health", "Say which condition, and what happens untreated.")
register("medication", "Needs medication", "Say which, and what happens when, without it.")
register("medical", "Serious medical condition", "Say which, and what it means to go untreated.")
register("dementia", "Dementia", "May not find the way, or know that they are lost.")
register("learning_disability", "Learning disability", "May not recognise danger or ask for help.")
register("autism", "Autism", "May hide, or not answer a call.")
register("physical_disability", "Physical disability", "May not get far, or out of harm, alone.")
register("domestic_abuse", "Domestic abuse", "The informant may be the danger: check first.")
register("forced_marriage", "Forced marriage", "Family may be the danger: take advice first.")
register("honour_abuse", "So-called honour-based abuse", "Family may be the danger: check first.")
register("gangs", "Gangs or serious violence", "May be a target, or made to take part.")
register("drugs_alcohol", "Drugs or alcohol", "May be unwell, in withdrawal or easily exploited.")
register("radicalisation", "Radicalisation", "May mean to travel: ports and passports.")
register("pregnant", "Pregnant", "Say how far, and what care is missed.")
