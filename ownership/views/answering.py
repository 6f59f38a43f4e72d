"""Answering a handover: every incident by itself, what is not high risk also together.

Without a script each answer is a form of its own. With one (static/src/js/answering.js) the same
forms are sent in the background, and the answer is the incident's card alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import NotVisible
from core.text import counted
from mispers.presenters.header import shown_strips
from mispers.rules.strip import IncidentStrip
from officers.models import Officer
from officers.presenters.every_page import signed_in
from ownership import permissions
from ownership.forms.handovers import AnswerForm, TogetherForm
from ownership.models import Handover, HandoverItem
from ownership.selectors.handovers import handover_for
from ownership.selectors.risk import is_high, risks_of
from ownership.selectors.sitting import Unanswered, left_unanswered
from ownership.services.acceptance import accept_handover, decline_handover
from riskassessment.models import RiskAssessment

State = HandoverItem.State
# What a card of an incident shows.
CARD = ("name", "age", "grade", "owner", "inspector", "next_due")


@dataclass(frozen=True)
class Card:
    """One incident of a handover as whoever answers sees it; form is None where they cannot."""

    item: HandoverItem
    strip: IncidentStrip
    risk: RiskAssessment | None
    form: AnswerForm | None

    @property
    def is_high(self) -> bool:
        """Whether it is accepted singly, with an answer to the risk."""
        return is_high(self.risk)


class Answers:
    """One handover, for one officer: its cards and what can be answered, in a few queries.

    only: the reference of the one incident that is looked at, where it is one.
    """

    def __init__(self, officer: Officer, pk: int, now: datetime, only: str = "") -> None:
        self.officer, self.now = officer, now
        self.handover: Handover = handover_for(officer, pk)
        self.items = [
            item
            for item in self.handover.items.all()
            if not only or item.incident.reference == only
        ]
        self.waiting = [item for item in self.items if item.state == State.OFFERED]
        self.is_mine = self.handover.receiver_id == officer.pk
        self.reached = (
            {item.pk for item in self.waiting}
            if self.is_mine
            else permissions.stepping_in(officer, self.waiting, now)
        )
        self.risks = risks_of([item.incident_id for item in self.items])
        self.actions: Sequence[Unanswered] = (
            left_unanswered(self.items, officer, now) if self.reached else []
        )

    def form(self, item: HandoverItem, data: Mapping[str, object] | None = None) -> AnswerForm:
        """The form of one item."""
        risk = self.risks.get(item.incident_id)
        return AnswerForm(
            data,
            item=item,
            assessment=risk.pk if risk else None,
            is_high=is_high(risk),
            actions=[each for each in self.actions if each.action.incident_id == item.incident_id],
        )

    def cards(self, answered: HandoverItem | None, form: AnswerForm | None) -> list[Card]:
        """Every card; form: the one that came back, of the item answered."""
        strips = shown_strips([item.incident for item in self.items], self.now, CARD)
        return [
            Card(
                item,
                strips[item.incident_id],
                self.risks.get(item.incident_id),
                form
                if answered is not None and item.pk == answered.pk
                else self.form(item)
                if item.pk in self.reached
                else None,
            )
            for item in self.items
        ]

    def together(self) -> list[HandoverItem]:
        """What waits and is not high risk."""
        return [
            item
            for item in self.waiting
            if item.pk in self.reached and not is_high(self.risks.get(item.incident_id))
        ]


@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """One handover, read and answered incident by incident; posted: several accepted together."""
    officer, now = signed_in(request), clock.now()
    answers = Answers(officer, pk, now)
    if request.method == "POST":
        permissions.check_may_answer(officer, answers.handover, answers.waiting, now)
    # What was decided meanwhile is the service's to complain about.
    offered = answers.items if request.method == "POST" else answers.together()
    form = TogetherForm(request.POST or None, incidents=[item.incident for item in offered])
    if form.is_valid():
        with form.domain_errors():
            chosen = form.cleaned_data["items"]
            accept_handover(handover_id=pk, by=officer, now=now, items=chosen)
            messages.success(request, f"You have accepted {counted(len(chosen), 'incident')}.")
            return redirect("handover", pk)
    return _page(request, answers, together=form)


@require_POST
def answer(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    """Accept one incident, or send it back with a question."""
    officer, now = signed_in(request), clock.now()
    answers = Answers(officer, pk, now, only=reference)
    if not answers.items:
        raise NotVisible
    (item,) = answers.items
    is_question = request.POST.get("answer") == "decline"
    if is_question:
        permissions.check_may_decline(officer, answers.handover, now)
    elif item.decided_by_id != officer.pk:
        permissions.check_may_answer(officer, answers.handover, [item], now)
    form = answers.form(item, request.POST)
    if form.is_valid():
        with form.domain_errors(rename=form.places_of_actions()):
            if is_question:
                reason = form.cleaned_data["reason"]
                decline_handover(
                    handover_id=pk, by=officer, now=now, reason=reason, items=[reference]
                )
                said = f"{reference} is sent back. Whoever held it still does."
            else:
                _accept(form, pk, reference, officer, now)
                said = f"You have accepted {reference}."
            if _is_from_script(request):
                return _card(request, Answers(officer, pk, now, only=reference), item, None)
            messages.success(request, said)
            return redirect(f"{reverse('handover', args=[pk])}#item-{item.pk}")
    if _is_from_script(request):
        return _card(request, Answers(officer, pk, now, only=reference), item, form)
    return _page(request, Answers(officer, pk, now), answered=item, form=form)


def _accept(form: AnswerForm, pk: int, reference: str, officer: Officer, now: datetime) -> None:
    given = form.cleaned_data
    accept_handover(
        handover_id=pk,
        by=officer,
        now=now,
        items=[reference],
        risk=given.get("risk") or "",
        reason=given["reason"],
        assessment=given.get("assessment"),
        actions=form.allocations(),
    )


def _page(
    request: HttpRequest,
    answers: Answers,
    *,
    together: TogetherForm | None = None,
    answered: HandoverItem | None = None,
    form: AnswerForm | None = None,
) -> HttpResponse:
    several = answers.together()
    if together is None:
        together = TogetherForm(incidents=[item.incident for item in several])
    is_wrong = any(each is not None and each.is_bound and each.errors for each in (together, form))
    cards = answers.cards(answered, form)
    return render(
        request,
        "ownership/handover.html",
        {
            "handover": answers.handover,
            "cards": cards,
            "wrong": form,
            "together": together if len(several) > 1 or together.is_bound else None,
            "waiting": answers.waiting,
            "answered_count": len(answers.items) - len(answers.waiting),
            "can_answer": bool(answers.reached),
            "is_mine": answers.is_mine,
            "can_withdraw": bool(answers.waiting)
            and permissions.can_withdraw(answers.officer, answers.handover, answers.now),
        },
        status=422 if is_wrong else 200,
    )


def _card(
    request: HttpRequest, answers: Answers, item: HandoverItem, form: AnswerForm | None
) -> HttpResponse:
    card = next(each for each in answers.cards(item, form) if each.item.pk == item.pk)
    return render(
        request,
        "ownership/parts/answer_card.html",
        {"card": card, "handover": answers.handover, "is_mine": answers.is_mine},
        status=422 if form is not None else 200,
    )


def _is_from_script(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
