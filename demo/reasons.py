"""Reasons for a grade, put together for one invented person: few of them repeat another's."""

import random
from collections.abc import Mapping
from typing import Any

# Each a short sentence, so that two people have few words in a row in common.
UNLIKE = (
    "{name} has not been away overnight before.",
    "This is the first time since Easter that {name} has gone without telling anybody.",
    "{name} texts home every evening; tonight nothing came.",
    "Staff know {name} well and call this out of the ordinary.",
    "{name} has been away twice, and rang within two hours each time.",
    "Normally {name} is back before the news.",
    "{name} keeps to the same bus and was not on it.",
    "Nobody who expected {name} today was told of other plans.",
    "In a year {name} missed no appointment until this one.",
    "{name} left in the middle of a meal, which is unlike {them}.",
    "Two quarrels this week went before it, neither of them like {name}.",
    "{name} had promised to mind a younger cousin and did not come.",
)
WITH_THEM = (
    "{They} took no coat.",
    "The bank card lies on the kitchen table.",
    "There is perhaps ten pounds in {their} purse.",
    "{Their} telephone was at four per cent when it last rang.",
    "The inhaler is still in the bathroom.",
    "A rucksack and the good shoes are gone.",
    "{Their} travel card was used once, at the first stop.",
    "Glasses and keys were left behind.",
    "{They} carries a charger and a change of clothes.",
    "No passport, no money, no bag is missing from the room.",
    "The dog was taken along, and came back alone.",
    "Tablets for three days are gone from the box.",
)
SEEN = (
    "A neighbour saw {them} turn left at the corner of {place}.",
    "Nobody has come forward who saw {them} after {place}.",
    "The camera at {place} shows {them} alone, walking fast.",
    "At {place} somebody spoke to {them} about the football.",
    "The shop in {place} sold {them} a sandwich.",
    "A driver let {them} off near {place} and thought {them} tired.",
    "{They} waited a while at {place}, then crossed over.",
    "From {place} it is ten minutes to the canal.",
    "Friends parted from {them} at {place} with nothing said.",
    "{They} was sitting on the wall by {place}, on the telephone.",
    "A jogger passed {them} close to {place} and said good evening.",
    "Last light was an hour after {place}.",
)
SAID = {
    "low": (
        "A cousin heard from {them} at noon and {they} sounded cheerful.",
        "{They} wrote to a friend: back tomorrow.",
        "The warden saw {them} at breakfast and noticed nothing.",
        "{Their} employer granted leave until Monday.",
        "An uncle expects {them} for the weekend.",
        "The nurse who visits says that {they} manages well.",
        "A message with a photograph of the sea came this morning.",
        "{They} told the postman about a trip.",
    ),
    "medium": (
        "{Their} mother fears that somebody older is with {them}.",
        "A teacher had noticed how quiet {they} has become.",
        "The manager of the home says that {they} owes money to others.",
        "{Their} sister thinks {they} would not find the way back.",
        "A friend will not say where they meant to go.",
        "Twice last month {they} came back with bruises.",
        "{They} has not slept properly for a week, says {their} father.",
        "The carer met two strangers at the gate yesterday.",
        "A colleague heard {them} cry in the corridor.",
        "The pharmacist knows what happens when {they} misses a dose.",
        "{They} gave away a favourite jacket, which nobody can explain.",
        "The youth worker had a call that broke off.",
    ),
    "high": (
        "{They} wrote that everyone would be better off.",
        "A bridge was the last thing searched for on the tablet.",
        "{They} told the ward that it would be over tonight.",
        "{Their} brother found a goodbye under the pillow.",
        "Somebody known for hurting young people was seen with {them}.",
        "Without insulin {they} has until the morning.",
        "{They} was found on the rails in March.",
        "The last message asked that the cat be looked after.",
    ),
}
HARM = {
    "low": (
        "Harm is possible; it would be small.",
        "Nothing points to danger, and it is looked at again tomorrow.",
        "A night away would do {them} little harm.",
        "What could happen is a missed dinner.",
    ),
    "medium": (
        "Harm is likely if this goes on into the night.",
        "{They} is likely to come to some harm, though nothing says that it would be serious.",
        "Cold and hunger are what is likely; worse is not ruled out.",
        "The longer it lasts, the likelier somebody takes advantage of {them}.",
    ),
    "high": (
        "Serious harm is very likely unless {they} is found soon.",
        "{Their} life is in danger.",
        "An hour may decide it.",
        "Everything known points to serious harm.",
    ),
}


def reasons(
    chance: random.Random, grade: str, person: Mapping[str, Any], report: Mapping[str, Any]
) -> str:
    """Five sentences about one person, in an order that differs too."""
    they, them, their = {
        "female": ("she", "her", "her"), "male": ("he", "him", "his")
    }[person["sex"]]  # fmt: skip
    facts = [chance.choice(pool) for pool in (UNLIKE, WITH_THEM, SEEN, SAID[grade])]
    chance.shuffle(facts)
    words = {
        "name": person["given_name"],
        "place": str(report["last_seen_place"]).partition(",")[0],
        "they": they,
        "They": they.capitalize(),
        "them": them,
        "their": their,
        "Their": their.capitalize(),
    }
    return " ".join([*facts, chance.choice(HARM[grade])]).format(**words)
