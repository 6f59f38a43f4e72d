"""A sampled record is reviewed once, in words, by somebody who never answered for it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from assurance.models import Review, ReviewDraft, SampleItem
from assurance.rules.principles import PRINCIPLES
from assurance.services.reviewing import NewFinding, review_item, save_draft
from core.errors import Conflict, Invalid, NotPermitted, NotVisible
from mispers.models import Incident
from officers.models import Officer
from ownership.models import Action, Capacity, Deadline
from ownership.services.acceptance import accept_handover
from ownership.services.actions import complete_action, extend_action, reassign_action
from tests.conftest import Unit
from tests.factories.assurance import HOUR, MINUTE, a_sample, answers, first_item
from tests.factories.endings import close
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_offer, kinds_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(cn: Unit, now: datetime) -> Incident:
    incident = log_incident(cn.frontline, now - 2 * HOUR)
    close(incident, cn.frontline, cn.inspector, now - HOUR)
    return incident


@pytest.fixture
def item(cn: Unit, closed: Incident, now: datetime) -> SampleItem:
    return first_item(a_sample(cn.superintendent, now))


def finding(cn: Unit, now: datetime, **over: object) -> NewFinding:
    given = {
        "text": "Nobody asked the college.\nAsk it, and write down what it says.",
        "responsible": cn.inspector,
        "due_at": now + timedelta(days=3),
        **over,
    }
    return NewFinding(**given)  # type: ignore[arg-type]  # by name


def test_a_review_answers_every_principle_in_words(
    cn: Unit, item: SampleItem, now: datetime
) -> None:
    review = review_item(item_id=item.pk, by=cn.superintendent, now=now, answers=answers())
    assert set(review.answers.values_list("principle", flat=True)) == set(PRINCIPLES)
    assert kinds_on(item.incident)[-1] == "sample.reviewed"


@pytest.mark.parametrize("reviewer", ["superintendent", "board"])
def test_a_finding_becomes_an_action_on_the_closed_record_and_can_be_seen_to_there(
    cn: Unit, item: SampleItem, board: Officer, now: datetime, reviewer: str
) -> None:
    by = board if reviewer == "board" else cn.superintendent
    review = review_item(
        item_id=item.pk, by=by, now=now, answers=answers(), findings=[finding(cn, now)]
    )
    action = review.findings.get().action
    assert (
        action.title == "Dip sample: Nobody asked the college. Ask it, and write down what it says."
    )
    assert (action.responsible, action.incident.stage) == (cn.inspector, "closed")
    due = Deadline.objects.get(code="ACT-2", subject=str(action.pk))
    assert (due.due_at, due.officer) == (now + timedelta(days=3), cn.inspector)
    assert kinds_on(item.incident)[-3:] == ["sample.reviewed", "action.set", "sample.finding"]
    # It can be reassigned, moved and completed though the record stays closed.
    another = cn.another()
    given: dict[str, Any] = {"action_id": action.pk, "by": cn.inspector}
    reassign_action(**given, now=now + MINUTE, responsible=another, reason="On leave.")
    extend_action(**given, now=now + MINUTE, due_at=now + timedelta(days=4), reason="Term starts.")
    done = complete_action(
        action_id=action.pk, by=another, now=now + HOUR, result="The college had not seen her."
    )
    assert done.state == Action.State.COMPLETED
    assert Deadline.objects.get(pk=due.pk).met_at == now + HOUR
    assert Incident.objects.get(pk=item.incident_id).stage == "closed"


def test_a_second_review_is_told_who_was_first_and_when(
    cn: Unit, item: SampleItem, board: Officer, now: datetime
) -> None:
    review_item(item_id=item.pk, by=cn.superintendent, now=now, answers=answers())
    with pytest.raises(Conflict) as refused:
        review_item(item_id=item.pk, by=board, now=now + HOUR, answers=answers())
    assert refused.value.code == "already_reviewed"
    assert str(cn.superintendent) in refused.value.message
    assert "Sat 18 Jul 2026, 10:00 BST" in refused.value.message


@pytest.mark.parametrize("capacity", list(Capacity))
def test_whoever_has_ever_answered_for_the_record_does_not_review_it(
    cn: Unit, now: datetime, board: Officer, capacity: Capacity
) -> None:
    incident = log_incident(cn.frontline, now - 2 * HOUR)
    holder = cn.frontline if capacity is Capacity.OWNER else cn.inspector
    for giver, taker in ((holder, cn.superintendent), (cn.superintendent, holder)):
        offer = an_offer(giver, taker, incident, now - HOUR, capacity)
        accept_handover(handover_id=offer.pk, by=taker, now=now - HOUR)
    item = first_item(a_sample(cn.superintendent, now))
    with pytest.raises(NotPermitted, match="somebody else reviews it"):
        review_item(item_id=item.pk, by=cn.superintendent, now=now, answers=answers())
    review_item(item_id=item.pk, by=board, now=now, answers=answers())


def test_what_is_wrong_is_named_all_together_and_nothing_is_written(
    cn: Unit, ne: Unit, item: SampleItem, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        review_item(
            item_id=item.pk,
            by=cn.superintendent,
            now=now,
            answers=answers(risk=" ", grade="x" * 10_001),
            findings=[finding(cn, now, text="\n")],
        )
    assert [(each.field, each.code) for each in refused.value.errors] == [
        ("risk", "required"),
        ("grade", "max_length"),
        ("findings[0].text", "required"),
    ]
    with pytest.raises(Invalid) as refused:
        review_item(
            item_id=item.pk,
            by=cn.superintendent,
            now=now,
            answers=answers(),
            findings=[
                finding(cn, now),
                finding(cn, now, due_at=now),
                finding(cn, now, responsible=ne.frontline),
            ],
        )
    assert [(each.field, each.code) for each in refused.value.errors] == [
        ("findings[1].due_at", "not_ahead"),
        ("findings[2].responsible", "cannot_see_incident"),
    ]
    assert not Review.objects.exists()
    assert not Action.objects.exists()


def test_a_record_of_another_bcu_is_as_if_it_were_not_there(
    ne: Unit, item: SampleItem, now: datetime
) -> None:
    with pytest.raises(NotVisible):
        review_item(item_id=item.pk, by=ne.superintendent, now=now, answers=answers())


def test_what_is_typed_is_kept_until_it_is_recorded(
    cn: Unit, item: SampleItem, board: Officer, now: datetime
) -> None:
    draft: dict[str, Any] = {"item_id": item.pk, "by": cn.superintendent}
    save_draft(**draft, now=now, changes={"risk": ["The risk was"]})
    save_draft(**draft, now=now + MINUTE, changes={"grade": ["Medium"], "findings-0-text": ["Ask"]})
    kept = ReviewDraft.objects.get()
    assert kept.data == {"risk": ["The risk was"], "grade": ["Medium"], "findings-0-text": ["Ask"]}
    save_draft(item_id=item.pk, by=board, now=now, changes={"risk": ["Another view"]})
    review_item(item_id=item.pk, by=cn.superintendent, now=now + HOUR, answers=answers())
    assert [each.officer for each in ReviewDraft.objects.all()] == [board]
    with pytest.raises(Conflict):
        save_draft(item_id=item.pk, by=board, now=now + HOUR, changes={"risk": ["Too late"]})
