"""Officers away, swaps between two, and the gaps that superintendents are told of ahead."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser

from core.errors import Conflict, Invalid, NotPermitted, NotVisible
from core.models import Event
from officers.models import Officer, RotaGap, Shift
from officers.rules.roles import Role
from officers.selectors.gaps import gaps_ahead
from officers.selectors.shifts import to_cover
from officers.services.absences import end_absence, record_absence
from officers.services.rota_gaps import note_gaps
from officers.services.shifts import add_shift, cover_shift
from officers.services.swaps import accept_swap, decline_swap, offer_swap, withdraw_swap
from officers.tasks import note_rota_gaps
from ownership.models import InboxItem
from tests.conftest import Unit
from tests.factories.officers import nobody_on, on_shift
from tests.moments import NOW
from tests.rest import Rest, assert_problem

SignIn = Callable[[Officer], Browser]
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def times(officer: Officer) -> list[tuple[datetime, datetime]]:
    return list(
        Shift.objects.filter(officer=officer)
        .order_by("starts_at")
        .values_list("starts_at", "ends_at")
    )


def test_an_absence_takes_its_part_of_each_shift_and_the_rest_stands(cn: Unit) -> None:
    officer = cn.another()
    on_shift(officer, NOW - 4 * HOUR, NOW + 4 * HOUR)
    on_shift(officer, NOW + DAY, NOW + DAY + 8 * HOUR)
    on_shift(officer, NOW + 2 * DAY, NOW + 2 * DAY + 8 * HOUR)
    absence = record_absence(
        officer=officer, kind="sick", starts_at=NOW - 2 * HOUR,
        ends_at=NOW + 2 * DAY + 3 * HOUR, by=officer, now=NOW,
    )  # fmt: skip
    # What has passed stays, though they were away from before they said so.
    assert times(officer) == [
        (NOW - 4 * HOUR, NOW),
        (NOW + 2 * DAY + 3 * HOUR, NOW + 2 * DAY + 8 * HOUR),
    ]
    waiting = list(to_cover(NOW, bcu="CN"))
    assert [(each.starts_at, each.ends_at) for each in waiting] == [
        (NOW, NOW + 4 * HOUR),
        (NOW + DAY, NOW + DAY + 8 * HOUR),
        (NOW + 2 * DAY, NOW + 2 * DAY + 3 * HOUR),
    ]
    event = Event.objects.get(kind="rota.absence_recorded")
    assert "3 shifts to be covered" in event.summary
    assert "sick" not in f"{event.summary}{event.data}".lower()
    cover_shift(shift=waiting[1].pk, officer=cn.another(), by=cn.inspector, now=NOW)
    end_absence(absence=absence.pk, by=cn.inspector, now=NOW + HOUR)
    assert times(officer) == [
        (NOW - 4 * HOUR, NOW),
        (NOW + HOUR, NOW + 4 * HOUR),
        (NOW + 2 * DAY, NOW + 2 * DAY + 3 * HOUR),
        (NOW + 2 * DAY + 3 * HOUR, NOW + 2 * DAY + 8 * HOUR),
    ]
    assert not to_cover(NOW + HOUR, bcu="CN").exists()
    with pytest.raises(Conflict, match="This absence is over"):
        end_absence(absence=absence.pk, by=cn.inspector, now=NOW + 2 * HOUR)


def test_who_may_record_an_absence_and_what_is_wrong_with_one(cn: Unit, ne: Unit) -> None:
    away = {"kind": "leave", "starts_at": NOW, "ends_at": NOW + DAY, "now": NOW}
    with pytest.raises(NotPermitted):
        record_absence(officer=cn.superintendent, by=cn.frontline, **away)  # type: ignore[arg-type]
    with pytest.raises(NotVisible):
        record_absence(officer=cn.frontline, by=ne.inspector, **away)  # type: ignore[arg-type]
    for ends_at in (NOW, NOW + 400 * DAY):
        with pytest.raises(Invalid):
            record_absence(officer=cn.frontline, by=cn.inspector, **{**away, "ends_at": ends_at})  # type: ignore[arg-type]
    record_absence(officer=cn.frontline, by=cn.frontline, **away)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="is away until"):
        record_absence(officer=cn.frontline, by=cn.inspector, **away)  # type: ignore[arg-type]


def test_a_swap_moves_both_shifts_when_the_other_accepts_and_not_before(cn: Unit) -> None:
    giver, receiver = cn.another(), cn.another()
    mine = on_shift(giver, NOW + DAY, NOW + DAY + 8 * HOUR)
    theirs = on_shift(receiver, NOW + 2 * DAY, NOW + 2 * DAY + 8 * HOUR)
    swap = offer_swap(shift=mine.pk, to=receiver, in_return=theirs.pk, by=giver, now=NOW)
    assert times(giver) == [(mine.starts_at, mine.ends_at)]
    with pytest.raises(Conflict, match=f"on offer to {receiver} already"):
        offer_swap(shift=mine.pk, to=cn.frontline, by=giver, now=NOW)
    with pytest.raises(NotPermitted, match=f"offered to {receiver}"):
        accept_swap(swap=swap.pk, by=cn.frontline, now=NOW)
    accept_swap(swap=swap.pk, by=receiver, now=NOW + HOUR)
    assert times(giver) == [(theirs.starts_at, theirs.ends_at)]
    assert times(receiver) == [(mine.starts_at, mine.ends_at)]
    assert Shift.objects.get(officer=receiver).replaces == mine
    event = Event.objects.get(kind="rota.swap_accepted")
    assert event.actor == receiver
    assert f"accepted from {giver}" in event.summary
    with pytest.raises(Conflict, match="was accepted at 11:00 BST"):
        withdraw_swap(swap=swap.pk, by=giver, now=NOW + 2 * HOUR)


def test_a_swap_is_declined_withdrawn_or_too_late_and_nothing_moves(cn: Unit, ne: Unit) -> None:
    giver, receiver = cn.another(), cn.another()
    shift = on_shift(giver, NOW + DAY, NOW + DAY + 8 * HOUR)
    asked = {"shift": shift.pk, "by": giver, "now": NOW}
    decline_swap(swap=offer_swap(to=receiver, **asked).pk, by=receiver, now=NOW)  # type: ignore[arg-type]
    second = offer_swap(to=receiver, **asked)  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        withdraw_swap(swap=second.pk, by=cn.another(), now=NOW)
    with pytest.raises(NotVisible):
        withdraw_swap(swap=second.pk, by=ne.inspector, now=NOW)
    withdraw_swap(swap=second.pk, by=cn.inspector, now=NOW)
    for stranger in (giver, ne.frontline, cn.superintendent):
        with pytest.raises(Invalid):
            offer_swap(to=stranger, **asked)  # type: ignore[arg-type]
    with pytest.raises(NotVisible):
        offer_swap(shift=shift.pk, to=receiver, by=receiver, now=NOW)
    third = offer_swap(to=receiver, **asked)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="has begun"):
        accept_swap(swap=third.pk, by=receiver, now=NOW + DAY + HOUR)
    assert times(giver) == [(shift.starts_at, shift.ends_at)]
    assert times(receiver) == []


def test_a_gap_ahead_is_told_to_the_superintendent_once_until_it_opens_again(
    cn: Unit, now: datetime
) -> None:
    nobody_on(Role.SAFEGUARDING_DI)
    keeper = cn.another(Role.SAFEGUARDING_DI)
    # On duty around the clock for three days, but for two hours of the first night.
    gap = (NOW + 14 * HOUR, NOW + 16 * HOUR)
    on_shift(keeper, NOW, gap[0])
    on_shift(keeper, gap[1], NOW + 16 * DAY)
    note_rota_gaps()
    note_rota_gaps()
    (notice,) = InboxItem.objects.filter(officer=cn.superintendent)
    assert "The rota of CN has 1 gap ahead: Safeguarding DI, night duty of 18 Jul" in notice.title
    assert f"{cn.bcu.fallback_officer} would answer as the fallback" in notice.title
    assert notice.link == "/rota/?bcu=CN"
    (known,) = RotaGap.objects.all()
    assert (known.starts_at, known.ends_at) == gap
    # Filled, it is closed; opened again, it is told again.
    filled = add_shift(
        bcu="CN", role=Role.SAFEGUARDING_DI, officer=cn.safeguarding_di,
        starts_at=gap[0], ends_at=gap[1], by=cn.superintendent, now=NOW,
    )  # fmt: skip
    assert note_gaps(now=NOW + HOUR) == 0
    assert RotaGap.objects.get().filled_at == NOW + HOUR
    record_absence(
        officer=cn.safeguarding_di, kind="sick", starts_at=filled.starts_at,
        ends_at=filled.ends_at, by=cn.safeguarding_di, now=NOW + HOUR,
    )  # fmt: skip
    assert note_gaps(now=NOW + 2 * HOUR) == 1
    # While it happens, and after, nothing more is told.
    assert note_gaps(now=gap[0] + HOUR) == 0
    assert note_gaps(now=gap[1] + HOUR) == 0
    assert InboxItem.objects.filter(officer=cn.superintendent).count() == 2


def test_without_a_superintendent_the_fallback_is_told_in_one_notice_for_all(cn: Unit) -> None:
    Officer.objects.filter(pk=cn.superintendent.pk).update(is_active=False)
    assert note_gaps(now=NOW) == 14 * 3 + 1
    (notice,) = InboxItem.objects.all()
    assert notice.officer == cn.bcu.fallback_officer
    assert "has 43 gaps ahead" in notice.title
    assert len(gaps_ahead(["CN"], NOW, NOW + 14 * DAY)) == 1


def test_over_rest_the_rota_is_kept_and_each_refusal_has_its_code(
    cn: Unit, ne: Unit, now: datetime, api: Callable[..., Rest]
) -> None:
    officer, colleague = cn.another(), cn.another()
    rest = api(cn.inspector)
    body = {
        "bcu": "CN", "role": "frontline", "officer": str(officer.pk),
        "starts_at": "2026-07-20T06:00:00Z", "ends_at": "2026-07-20T14:00:00Z",
    }  # fmt: skip
    made = rest.post("/api/v1/shifts/", body)
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    assert_problem(rest.post("/api/v1/shifts/", body), 409, "shift_exists")
    assert_problem(rest.post("/api/v1/shifts/", {**body, "bcu": "NE"}), 404, "not_found")
    own = api(officer)
    swap = own.post("/api/v1/swaps/", {"shift": int(pk), "to": str(colleague.pk)}).json()
    assert api(colleague).get("/api/v1/swaps/").json()["results"][0]["state"] == "offered"
    taken = api(colleague).post(f"/api/v1/swaps/{swap['id']}/accept/", {})
    assert taken.json()["state"] == "accepted"
    asked = {"bcu": "CN", "officer": str(colleague.pk)}
    (shift,) = rest.get("/api/v1/shifts/", asked).json()["results"]
    assert shift["replaces"] == pk
    away = {
        "officer": str(colleague.pk), "kind": "sick",
        "starts_at": "2026-07-20T00:00:00Z", "ends_at": "2026-07-21T00:00:00Z",
    }  # fmt: skip
    absence = rest.post("/api/v1/absences/", away)
    assert absence.status_code == 201
    assert rest.get("/api/v1/shifts/", asked).json()["results"] == []
    assert [row["id"] for row in rest.get("/api/v1/absences/").json()["results"]] == [
        absence.json()["id"]
    ]
    # Nobody else's absence is a colleague's business.
    assert own.get("/api/v1/absences/").json()["results"] == []
    cover = f"/api/v1/shifts/{shift['id']}/cover/"
    covered = rest.post(cover, {"officer": str(ne.frontline.pk)})
    assert covered.json()["covers"] == shift["id"]
    assert_problem(rest.post(cover, {"officer": str(officer.pk)}), 409, "shift_covered")
    change = {**body, "ends_at": "2026-07-20T15:00:00Z", "officer": str(ne.frontline.pk)}
    del change["bcu"]
    changed = rest.post(f"/api/v1/shifts/{covered.json()['id']}/change/", change)
    assert changed.json()["ends_at"] == "2026-07-20T15:00:00Z"
    out = rest.post(f"/api/v1/shifts/{changed.json()['id']}/take-out/", {})
    assert out.json()["taken_out_at"] is not None


def test_over_rest_shifts_are_repeated_and_gaps_named(
    cn: Unit, now: datetime, api: Callable[..., Rest]
) -> None:
    officer, rest = cn.another(), api(cn.inspector)
    repeat = {
        "bcu": "CN", "role": "frontline", "officer": str(officer.pk), "turn": "night",
        "first_day": "2026-07-20", "weekdays": [0, 1], "weeks": 2,
    }  # fmt: skip
    assert rest.post("/api/v1/shifts/repeat/", repeat).json() == {"added": 4, "unchanged": 0}
    nobody_on(Role.SUPERINTENDENT)
    (gap,) = rest.get("/api/v1/rota-gaps/", {"bcu": "CN", "days": "2"}).json()["results"]
    assert gap["role"] == "superintendent"
    assert gap["fallback"]["id"] == str(cn.bcu.fallback_officer_id)
    assert rest.get("/api/v1/rota-gaps/", {"days": "15"}).status_code == 400


def test_the_pages_record_an_absence_and_name_who_stands_in(
    cn: Unit, ne: Unit, now: datetime, browser_as: SignIn
) -> None:
    officer = cn.another()
    shift = on_shift(officer, NOW + DAY, NOW + DAY + 8 * HOUR)
    typed = {
        "officer": officer.pk, "kind": "sick", "starts_at_day": "18/7/2026",
        "starts_at_time": "12:00", "ends_at_day": "20/7/2026", "ends_at_time": "12:00",
    }  # fmt: skip
    own = browser_as(officer)
    assert own.post("/rota/away/", {**typed, "officer": cn.frontline.pk}).status_code == 422
    assert own.post("/rota/away/", typed).status_code == 302
    browser = browser_as(cn.inspector)
    assert f"/rota/shifts/{shift.pk}/" in browser.get("/rota/").content.decode()
    assert "Cover it" in browser.get(f"/rota/shifts/{shift.pk}/").content.decode()
    address = f"/rota/shifts/{shift.pk}/cover/"
    assert str(ne.frontline) not in browser.get(address).content.decode()
    assert str(ne.frontline) in browser.get(address, {"from": "NE"}).content.decode()
    covered = browser.post(f"{address}?from=NE", {"officer": ne.frontline.pk})
    assert covered.status_code == 302
    week = browser.get("/rota/CN/week/", {"day": "2026-07-19"}).content.decode()
    assert "(of NE)" in week
    absence = officer.absences.get()
    assert own.post(f"/rota/away/{absence.pk}/back/").status_code == 302
    assert browser_as(cn.frontline).post(f"/rota/away/{absence.pk}/back/").status_code == 404


def test_the_pages_offer_a_swap_and_take_the_answer(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    giver, receiver = cn.another(), cn.another()
    shift = on_shift(giver, NOW + DAY, NOW + DAY + 8 * HOUR)
    own = browser_as(giver)
    assert own.post(f"/rota/shifts/{shift.pk}/swap/", {"to": receiver.pk}).status_code == 302
    other = browser_as(receiver)
    page = other.get("/rota/mine/").content.decode()
    assert "offers you" in page
    swap = giver.shifts.get().swaps.get()
    assert own.post(f"/rota/swaps/{swap.pk}/accept/").status_code == 403
    assert other.post(f"/rota/swaps/{swap.pk}/accept/").status_code == 302
    assert times(receiver) == [(shift.starts_at, shift.ends_at)]
    assert other.get(f"/rota/shifts/{shift.pk}/").status_code == 200
