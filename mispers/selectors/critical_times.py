"""The times after which something about a missing person begins to matter: a dose, the cold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mispers.models import HealthCondition, Incident, Medication, Weather
from mispers.selectors.known import KnownNow, standing

MEDICATION, WEATHER, UNTREATED = "medication", "weather", "untreated"


@dataclass(frozen=True)
class Critical:
    """Something that begins to matter at a moment (UTC). because: how that time came about.

    kind: medication or weather, as somebody recorded it; untreated, as the catalogue has it for a
    condition for which nobody has recorded a time.
    """

    at: datetime
    says: str
    because: str
    kind: str


def critical_times(incident: Incident, known: KnownNow | None = None) -> list[Critical]:
    """The first to come first, in no more than three queries.

    Only what was recorded on this incident: a dose missed in an earlier absence is no news. The
    newest weather stands for the weather.
    """
    conditions = known.conditions if known else list(standing(HealthCondition, incident))
    medication = known.medication if known else list(standing(Medication, incident))
    weather = known.weather if known else list(standing(Weather, incident)[:1])
    doses = [each for each in medication if each.incident_id == incident.pk and each.critical_at]
    found = [
        *(
            Critical(
                each.critical_at, f"{each.name} for {each.what_for}", each.critical_because,
                MEDICATION,
            )
            for each in doses
            if each.critical_at is not None
        ),
        *_of_weather(weather),
        *_untreated(incident, conditions, {each.condition for each in doses}),
    ]  # fmt: skip
    return sorted(found, key=lambda critical: critical.at)


def next_recorded(incident: Incident, now: datetime) -> Critical | None:
    """The next time still to come that somebody recorded, for medication or weather."""
    times = critical_times(incident)
    return next((each for each in times if each.kind != UNTREATED and each.at > now), None)


def _of_weather(weather: Sequence[Weather]) -> list[Critical]:
    return [
        Critical(each.critical_at, f"exposure: {each.conditions}", each.critical_because, WEATHER)
        for each in weather[:1]
        if each.critical_at is not None
    ]


def _untreated(
    incident: Incident, conditions: Sequence[HealthCondition], timed: set[str]
) -> list[Critical]:
    """Conditions for which no time is recorded: counted from when the person was last seen."""
    if incident.last_seen_at is None:
        return []
    return [
        Critical(
            at=incident.last_seen_at + timedelta(hours=each.hours),
            says=f"{each.label} untreated",
            because=f"{each.hours} h after last seen, the catalogue's starting value: nobody has "
            "recorded when the last dose was",
            kind=UNTREATED,
        )
        for each in conditions
        if each.hours is not None and not (each.code and each.code in timed)
    ]
