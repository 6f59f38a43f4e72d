"""The lines of a rota's file read against the rota: a shift of each, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Lower

from core.errors import Conflict, Invalid
from core.london import day_of
from officers.files.rota_files import LeftOut, Line, WrongLine
from officers.models import Absence, Officer, Shift
from officers.rules.roles import Role
from officers.rules.titles import Named, Roll, role_in
from officers.rules.turns import ROTA_ROLES, figures
from officers.services.rota_checks import absences_during, check_times, in_words, lock, until
from officers.services.shifts import check_can_serve

# How far ahead a file may put shifts on the rota: fixtures/rota.json.
AHEAD = timedelta(days=figures()["file_ahead_days"])
# Officer, role, start and end, to the second: a file has no more.
Key = tuple[int, str, datetime, datetime]


@dataclass
class Known:
    """What lines are read against; the rota and the absences are locked.

    officers: by user name, collar number and address; None where it could be two. ever: what was on
    the rota at some time, taken out since or not; standing: what is; given: what the file itself
    has somebody on duty for.
    """

    bcu: str
    now: datetime
    officers: dict[str, Officer | None]
    roll: Roll
    by_key: dict[int, Officer]
    ever: set[Key] = field(default_factory=set)
    standing: set[Key] = field(default_factory=set)
    given: set[Key] = field(default_factory=set)
    there: dict[tuple[int, str], list[tuple[datetime, datetime]]] = field(default_factory=dict)
    away: dict[int, list[Absence]] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a line comes to. shift: None where it is on the rota already.

    was_taken_out: whether somebody has taken it off since. assumed: what was read into the line.
    """

    shift: Shift | None = None
    was_taken_out: bool = False
    assumed: str = ""


def known_for(bcu: str, lines: Sequence[Line], now: datetime) -> Known:
    """Officers of the BCU, and any who are named by user name or address; the rota, locked."""
    known = _officers_for(bcu, lines, now)
    met = {each.pk: each for line in lines if (each := _whom(line, known))}
    lock({bcu, *(officer.bcu_id for officer in met.values())})
    starts = [line.starts_at for line in lines if line.starts_at is not None]
    ends = [line.ends_at for line in lines if line.ends_at is not None]
    if not starts or not ends:
        return known
    for absence in absences_during(list(met), now, max(ends)):
        known.away.setdefault(absence.officer_id, []).append(absence)
    during = Shift.every.filter(
        bcu=bcu, officer__in=met, starts_at__lte=max(ends), ends_at__gte=min(starts)
    )
    for officer, role, starts_at, ends_at, taken_out_at in during.values_list(
        "officer", "role", "starts_at", "ends_at", "taken_out_at"
    ):
        key = _key(officer, role, starts_at, ends_at)
        known.ever.add(key)
        if taken_out_at is None:
            known.standing.add(key)
            known.there.setdefault((officer, role), []).append((starts_at, ends_at))
    return known


def read_line(line: Line, known: Known) -> Found:
    """What a line comes to. Raises WrongLine, and LeftOut for what is right and gives no shift."""
    if line.wrong:
        raise WrongLine(line.wrong)
    if line.starts_at is None or line.ends_at is None:
        if line.left:
            raise LeftOut(line.left)
        raise WrongLine("it has no start or no end")
    if line.bcu and line.bcu.casefold() != known.bcu.casefold():
        raise WrongLine(f"it is a shift on the rota of {line.bcu}")
    try:
        officer = _officer(line, known)
        role, assumed = _role(line, officer)
    except WrongLine:
        if gone := line.left or _out_of_reach(line, known.now):
            raise LeftOut(gone) from None
        raise
    key = _key(officer.pk, role, line.starts_at, line.ends_at)
    if line.left:
        raise LeftOut(f"{line.left}{_what_stands(key, officer, known)}")
    if key in known.ever:
        return Found(was_taken_out=key not in known.standing)
    if gone := _out_of_reach(line, known.now):
        raise LeftOut(gone)
    given = Shift(
        bcu_id=known.bcu, role=role, officer=officer,
        starts_at=line.starts_at, ends_at=line.ends_at,
    )  # fmt: skip
    _check(given, known)
    known.there.setdefault((officer.pk, role), []).append((given.starts_at, given.ends_at))
    known.ever.add(key)
    known.standing.add(key)
    return Found(given, assumed=assumed)


def _what_stands(key: Key, officer: Officer, known: Known) -> str:
    """What says otherwise, where the file has somebody off duty."""
    if key in known.given:
        return f": another line of the file has {officer} on duty then"
    if key in known.standing:
        return f": {officer} is on the rota for it; take that out there"
    return ""


def key_of(line: Line, known: Known) -> Key | None:
    """What a line says, to compare; None where that cannot be told."""
    officer = _whom(line, known)
    if officer is None or line.starts_at is None or line.ends_at is None:
        return None
    try:
        role, _ = _role(line, officer)
    except WrongLine:
        return None
    return _key(officer.pk, role, line.starts_at, line.ends_at)


def _check(given: Shift, known: Known) -> None:
    """Raise WrongLine for a shift that cannot be added, as one added by hand would be refused."""
    officer = given.officer
    try:
        check_times(given.starts_at, given.ends_at, known.now)
        check_can_serve(officer, given.role)
    except (Invalid, Conflict) as error:
        raise WrongLine(error.message) from None
    for starts_at, ends_at in known.there.get((officer.pk, given.role), []):
        if starts_at < given.ends_at and ends_at > given.starts_at:
            raise WrongLine(
                f"{officer} is on the rota in this role from {in_words(starts_at)} already"
            )
    for absence in known.away.get(officer.pk, []):
        if absence.starts_at < given.ends_at and until(absence) > given.starts_at:
            raise WrongLine(f"{officer} is away until {in_words(until(absence))}")


def _out_of_reach(line: Line, now: datetime) -> str:
    """Why a line's shift is neither to be added nor wrong; nothing where it is within reach."""
    if line.ends_at is not None and line.starts_at is not None:
        if line.starts_at < line.ends_at <= now:
            return "it is over already: a shift must end in the future"
        if line.starts_at > now + AHEAD:
            last = f"{day_of(now + AHEAD):%d %b %Y}"
            return f"it begins after {last}, as far as a file may plan: give it in a later file"
    return ""


def _officers_for(bcu: str, lines: Sequence[Line], now: datetime) -> Known:
    names = {line.officer.lower() for line in lines}
    officers: dict[str, Officer | None] = {}
    of_bcu = list(Officer.objects.filter(bcu=bcu))
    for officer in of_bcu:
        if name := officer.number.lower():
            officers[name] = None if name in officers else officer
    lower = Officer.objects.annotate(address=Lower("email"), name=Lower("username"))
    met = list(lower.filter(Q(address__in=names) | Q(name__in=names)))
    addresses: dict[str, Officer | None] = {}
    for officer in met:
        address = officer.email.lower()
        addresses[address] = None if address in addresses else officer
    # A user name wins over another's address or collar number: only the first is unique.
    officers |= addresses | {officer.username.lower(): officer for officer in met}
    roll = Roll(
        Named(each.pk, each.username, each.number, bcu, each.given_name, each.family_name)
        for each in of_bcu
        if each.is_active
    )
    return Known(bcu, now, officers, roll, {each.pk: each for each in of_bcu})


def _whom(line: Line, known: Known) -> Officer | None:
    try:
        return _officer(line, known)
    except WrongLine:
        return None


def _officer(line: Line, known: Known) -> Officer:
    if not line.officer:
        return _officer_in_title(line, known)
    name = line.officer.lower()
    if name not in known.officers:
        raise WrongLine(f"there is no officer “{line.officer}”")
    officer = known.officers[name]
    if officer is None:
        raise WrongLine(f"two officers have “{line.officer}”: give the user name")
    return officer


def _officer_in_title(line: Line, known: Known) -> Officer:
    found = known.roll.named_in(line.title)
    if len(found) == 1:
        return known.by_key[found[0]]
    if not line.title:
        raise WrongLine("it names no officer")
    whom = "more than one officer" if found else "no officer"
    raise WrongLine(f"its title “{line.title}” names {whom} of {known.bcu}, and nobody is invited")


def _role(line: Line, officer: Officer) -> tuple[Role, str]:
    """The role of a line, and what was read into it; a break parts several."""
    given = [each for each in line.role.lower().split("\n") if each]
    roles = [role for role in ROTA_ROLES if {role.value, role.label.lower()} & set(given)]
    assumed = "" if line.officer else f"for {officer}, whom its title names"
    if len(roles) == 1:
        return roles[0], assumed
    if roles:
        raise WrongLine(f"it has more than one role: {', '.join(roles)}")
    if not given and line.title:
        role = role_in(line.title) or Role(officer.role)
        if role in ROTA_ROLES:
            how = "named in its title" if role_in(line.title) else "their posting"
            return role, f"{assumed or f'for {officer}'}, as {role.label}, {how}"
    known = ", ".join(ROTA_ROLES)
    said = line.role.replace("\n", ", ")
    raise WrongLine(f"there is no rota for “{said}”: the role is one of {known}")


def _key(officer: int, role: str, starts_at: datetime, ends_at: datetime) -> Key:
    return officer, role, starts_at.replace(microsecond=0), ends_at.replace(microsecond=0)
