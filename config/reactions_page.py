"""docs/reactions.md: what happens because of an event, drawn from the apps' wirings."""

import re
from collections.abc import Iterable, Iterator
from inspect import getdoc
from textwrap import fill
from typing import Any

from celery.schedules import crontab
from django.apps import apps
from django.conf import settings

from assurance import wiring as assurance
from config.celery import app as celery
from config.recorded_in import services_recording
from core import trail
from core.trail import Kind, Reaction
from mispers import wiring as mispers
from mispers.rules.codes import TABLE
from officers import wiring as officers
from ownership import wiring as ownership
from riskassessment import wiring as riskassessment

# As it is lived through, from the report on; the rota, which goes on without reports, comes last.
KINDS: dict[str, tuple[Kind, ...]] = {
    "mispers": mispers.KINDS,
    "riskassessment": riskassessment.KINDS,
    "ownership": ownership.KINDS,
    "assurance": assurance.KINDS,
    "officers": officers.KINDS,
}
MINUTE, HOURS = 60, 24
WIDTH = 110

_INTRODUCTION = """# What happens because of an event

Written by `manage.py reactions` from each app's `wiring.py` and from what the functions named
there say of themselves; do not edit it by hand.

Whoever changes a record, an officer or the clock, does so by a service, which makes the change and
records it on the trail as an event. The reactions to the event run in the same transaction, in the
order given here: first those to [its kind](#events), then those to [every](#with-every-event). If
one fails, nothing has been changed. A reaction may record events in turn: all that these set off
runs at once, before the next reaction begins. It may also send a [task](#tasks), which a worker
does once the change is committed. What no event sets off, [the clock](#by-the-clock) does.

What is due is known by the protocol's [codes](#codes). A reaction **opens** a deadline, **moves**
it, **meets** it, or **ends** it because it applies no longer. An open one reminds, and climbs, by
the clock. When each is due is in the figures of the protocol that are in force. The stages of an
incident, and what moves it from one to the next, are in [stages.md](stages.md).
"""


class Missing(Exception):
    """Something that the page must say is not said in the code."""


def page() -> str:
    """The whole document. Raises Missing."""
    celery.loader.import_default_modules()
    parts = [_INTRODUCTION.strip(), *_events(), *_with_every_event(), *_tasks(), *_by_the_clock()]
    return "\n\n".join([*parts, _codes()]) + "\n"


def _with_every_event() -> Iterator[str]:
    yield "## With every event"
    yield "After the reactions to its kind, whatever the kind:"
    yield from _numbered(trail.reactions_to(trail.EVERY), set())


def _events() -> Iterator[str]:
    yield "## Events"
    recorded = services_recording(KINDS)
    told: set[str] = set()
    for app, kinds in KINDS.items():
        yield f"### {apps.get_app_config(app).verbose_name}: `{app}`"
        for kind in kinds:
            if reactions := trail.reactions_to(kind):
                yield f'<a id="{kind.code}"></a>\n#### {kind.label}: `{kind.code}`'
                yield _wrapped(" ".join(_origins(kind, recorded)))
                yield from _numbered(reactions, told)
        rest = [kind for kind in kinds if not trail.reactions_to(kind)]
        if rest:
            yield _nobody_reacts(rest, recorded)


def _origins(kind: Kind, recorded: dict[str, list[str]]) -> Iterator[str]:
    """Which services record it, and which reactions have it recorded in turn."""
    yield f"Recorded in {_services(kind, recorded)}."
    causes = [
        f"{_link(cause)} (`{reaction.does.__name__}`)"
        for kinds in KINDS.values()
        for cause in kinds
        for reaction in trail.reactions_to(cause)
        if kind in reaction.records
    ]
    if causes:
        yield f"Set off by {', '.join(causes)}."


def _services(kind: Kind, recorded: dict[str, list[str]]) -> str:
    if kind.code not in recorded:
        raise Missing(f"No service was found that records {kind.code}.")
    return ", ".join(f"`{path}`" for path in recorded[kind.code])


def _nobody_reacts(kinds: Iterable[Kind], recorded: dict[str, list[str]]) -> str:
    lines = [
        "Nothing but [what is done with every event](#with-every-event) is done with these:",
        "",
        "| event | code | recorded in |",
        "|---|---|---|",
    ]
    lines += [
        f'| <a id="{kind.code}"></a>{kind.label} | `{kind.code}` | {_services(kind, recorded)} |'
        for kind in kinds
    ]
    return "\n".join(lines)


def _numbered(reactions: Iterable[Reaction], told: set[str]) -> Iterator[str]:
    """The reactions in their order; what one says at length is said the first time."""
    for number, reaction in enumerate(reactions, 1):
        sentence, rest = _said_by(reaction.does)
        name = str(reaction)
        again = f"As [above](#{name})." if rest else ""
        words = [f"**{sentence}**", again if name in told else rest, *_in_turn(reaction)]
        anchor = "" if name in told else f'<a id="{name}"></a>'
        told.add(name)
        said = " ".join(filter(None, words))
        yield _wrapped(f"{number}. {anchor}{_linked(said)} `{name}`", "   ")


def _in_turn(reaction: Reaction) -> Iterator[str]:
    if reaction.records:
        yield f"May record {', '.join(_link(kind) for kind in reaction.records)}."
    if reaction.sends:
        yield f"May send {', '.join(f'[`{name}`](#{name})' for name in reaction.sends)}."


def _tasks() -> Iterator[str]:
    yield "## Tasks"
    yield "What reactions send to be done by a worker, once the change has been committed:"
    every = (trail.EVERY, *trail.kinds().values())
    sent = {name for kind in every for each in trail.reactions_to(kind) for name in each.sends}
    for name in sorted(sent):
        yield _wrapped(f'- <a id="{name}"></a>`{name}`: {_task(name)}', "  ")


def _by_the_clock() -> Iterator[str]:
    yield "## By the clock"
    yield "What a worker does by itself, however quiet it is (`CELERY_BEAT_SCHEDULE`):"
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        when, name = _when(entry["schedule"]), str(entry["task"])
        yield _wrapped(f"- **{when}** `{name}`: {_task(name)}", "  ")


def _when(schedule: Any) -> str:
    if isinstance(schedule, crontab):
        at: Any = schedule  # Its sets of hours and minutes are missing from the library's types.
        (minute,), hours = at.minute, at.hour
        if len(hours) == HOURS:
            return f"Every hour, {minute} minutes past"
        times = ", ".join(f"{hour:02}:{minute:02}" for hour in sorted(hours))
        return f"Every day at {times} ({celery.timezone})"
    if schedule % MINUTE:
        return f"Every {schedule} seconds"
    return "Every minute" if schedule == MINUTE else f"Every {schedule // MINUTE} minutes"


def _task(name: str) -> str:
    return _linked(" ".join(filter(None, _said_by(celery.tasks[name].run))))


def _codes() -> str:
    head = ["## Codes", "", "| code | what is due | from whom |", "|---|---|---|"]
    rows = [
        f"| {row.code} | {row.due.title} | {row.due.due_from.label} |"
        for row in TABLE.values()
        if row.due
    ]
    return "\n".join([*head, *rows])


def _said_by(function: Any) -> tuple[str, str]:
    """The sentence of a function's docstring, and the rest of it in one paragraph."""
    said = getdoc(function)
    if not said:
        raise Missing(f"{function.__qualname__} does not say what it does.")
    sentence, _, rest = said.partition("\n")
    return sentence, " ".join(rest.split())


def _linked(words: str) -> str:
    """The words with each event that they name by its code made a link to it."""
    kinds = trail.kinds()
    return re.sub(
        r"(?<!\[)`([a-z_]+\.[a-z_]+)`",
        lambda found: f"[{found[0]}](#{found[1]})" if found[1] in kinds else found[0],
        words,
    )


def _link(kind: Kind) -> str:
    return f"[{kind.label}](#{kind.code})"


def _wrapped(words: str, indent: str = "") -> str:
    return fill(
        words, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
