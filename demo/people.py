"""Invented people: names, addresses and circumstances, drawn from a seeded generator."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from core.london import day_of
from mispers.rules.ages import age_on, may_be_childs

GIVEN = (
    "Aderyn", "Bram", "Cosima", "Dafydd", "Elowen", "Fintan", "Giselle", "Hamza", "Ilse", "Jago",
    "Kezia", "Lorcan", "Maeve", "Nico", "Oriane", "Pranav", "Quilla", "Rhodri", "Saskia", "Tobiah",
    "Ursel", "Viola", "Wystan", "Xanthe", "Yusra", "Zaki", "Abiona", "Corin", "Delphi", "Emrys",
)  # fmt: skip
FAMILY = (
    "Arkwell", "Bexcombe", "Calloway-Reed", "Dunmarsh", "Ellerby", "Fenwright", "Garroway",
    "Hollin", "Ivesdale", "Jessop-Vane", "Kestrick", "Larkham", "Mossford", "Netherby", "Oakhanger",
    "Pellworth", "Quarrier", "Ravensby", "Stroudley", "Thackwell", "Umberfield", "Vexley",
    "Wraxford", "Yarnold", "Zeal-Hartley",
)  # fmt: skip
STREETS = ("Tallow Street", "Lark Lane", "Cooper's Row", "Millpond Road", "Sable Gardens")
POSTCODES = ("N1 9GU", "NW1 2DB", "E8 3PN", "SE5 8RS", "W5 5TH", "SW4 0JG")

CHILD = (
    "Did not come home from college and is not answering. Friends last saw {them} at the bus stop.",
    "Left the house after an argument about a telephone and has not been in touch since.",
    "Was not in {their} room at the midnight check. A bag and a charger are gone.",
    "Missed registration this morning. The school rang home and nobody had seen {them} leave.",
)
ADULT = (
    "Left the ward after lunch without saying where {they} were going. Medication is due tonight.",
    "Went out to post a letter and has not come back. {Their} memory has been getting worse.",
    "Has not been to work for two days, which has never happened. The flat is dark.",
    "Sent a worrying message to a sister at six this morning; the telephone is now off.",
)
# Shares of the force's reports, of the order of published figures.
CHILDREN, LOOKED_AFTER, EXPLOITED, WITH_DEMENTIA = 0.65, 0.3, 0.15, 0.4
OLD = 70
FOUND = (
    ("At a friend's house", "Came to the door when officers called; had fallen asleep there."),
    ("Walking on the high street", "Seen by a patrol that had the photograph."),
    ("At home", "Came back alone; an officer went to see {name} within the hour."),
)


class Invented:
    """A seeded source of people and of what happened to them: the same seed, the same people."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn

    def person(self, today: date) -> dict[str, Any]:
        """Somebody to report missing, as `log_report` takes them. 65 in 100 are children."""
        is_child = self.chance.random() < CHILDREN
        age = self.chance.choice([12, 13, 14, 15, 15, 16, 16, 16, 17, 17, 17]) if is_child else (
            self.chance.randint(18, 88)
        )  # fmt: skip
        looked_after = is_child and self.chance.random() < LOOKED_AFTER
        markers = []
        if is_child and self.chance.random() < EXPLOITED:
            markers.append(self.chance.choice(["cse", "cce"]))
        if age > OLD and self.chance.random() < WITH_DEMENTIA:
            markers.append("dementia")
        return {
            "given_name": self.chance.choice(GIVEN),
            "family_name": self.chance.choice(FAMILY),
            "date_of_birth": today - timedelta(days=age * 365 + self.chance.randint(10, 350)),
            "sex": self.chance.choice(["female", "male"]),
            "home_address": {
                "lines": [f"{self.chance.randint(1, 140)} {self.chance.choice(STREETS)}"],
                "postcode": self.chance.choice(POSTCODES),
            },
            "phones": [f"07700 900{self.chance.randint(100, 999)}"],
            "looked_after_by": "Borough of Fairmead" if looked_after else None,
            "markers": markers,
        }

    def report(self, person: dict[str, Any], reported_at: datetime) -> dict[str, Any]:
        """The rest of the report, as `log_report` takes it."""
        is_child = may_be_childs(age_on(person["date_of_birth"], day_of(reported_at)))
        they = {"female": ("she", "her", "her"), "male": ("he", "him", "his")}[person["sex"]]
        words = self.chance.choice(CHILD if is_child else ADULT).format(
            they=they[0], them=they[1], their=they[2], Their=they[2].capitalize()
        )
        place = "care" if person["looked_after_by"] else "home"
        return {
            "informant": {
                "name": f"{self.chance.choice(GIVEN)} {person['family_name']}",
                "relationship": "parent" if is_child else "relative",
                "phone": f"020 7946 0{self.chance.randint(100, 999)}",
            },
            "circumstances": words,
            "missing_from": place,
            "last_seen_at": reported_at - timedelta(minutes=self.chance.randint(60, 900)),
            "last_seen_place": f"{self.chance.choice(STREETS)}, near the shops",
        }

    def grade(self) -> str:
        """15 high, 70 medium, 15 low in a hundred."""
        return self.chance.choices(["high", "medium", "low"], [15, 70, 15])[0]

    def hours_missing(self) -> float:
        """How long until found: half within seven hours, a long tail."""
        return min(self.chance.lognormvariate(1.95, 1.25), 24 * 12)
