"""Bespoke rationale: what repeats an earlier one is found, told, answered and kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import Invalid
from core.models import Event
from mispers.models import Incident
from officers.models import BCU, Officer
from officers.rules.roles import Role
from riskassessment.bespoke import finding
from riskassessment.bespoke.finding import MOST_OF_EACH, find
from riskassessment.bespoke.likeness import SURELY_FOUND, likeness, prints_of
from riskassessment.bespoke.pointing_out import pointed_out
from riskassessment.bespoke.stock import stock_figures, stock_phrases
from riskassessment.bespoke.wording import Wording, folded_words
from riskassessment.models import Pointed, RationalePrint, RiskAssessment
from riskassessment.services.assess import assess_risk
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import RATIONALE, an_assessment, grounds
from tests.rest import Rest
from tests.riskassessment.gradings import typed

DAY = timedelta(days=1)
TAMSIN = (
    "Tamsin, 15, has never stayed out without a word. She left the college in Lark Lane at 3 pm "
    "on Friday without her inhaler, which she needs every six hours; her phone is off since then."
)
KOFI = (
    "Kofi, 17, has never stayed out without a word. He left the college in Sable Gardens at 11 am "
    "on Tuesday without his inhaler, which he needs every four hours; his phone is off since then."
)
OWN = (
    "Her mother says that she spoke of the river after the funeral. She took nothing with her, and "
    "the bus driver who knows her saw nobody get on at the green."
)


def signs(text: str, *names: str) -> str:
    return " ".join(word.sign for word in Wording(text, folded_words(*names)).words)


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now, given_name="Tamsin", family_name="Carrow")


@pytest.fixture
def another(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now, given_name="Kofi", family_name="Larkham")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tamsin Carrow is 15.", "@ is 0"),
        ("TAMSIN IS MISSING", "@ is missing"),
        ("She and her aunt, Mrs de Vries, rang.", "they and they aunt @ de @ rang"),
        ("Seen on Friday 3 July at 20:15. Again?", "seen on 0 at 0 again"),
        ("Tâmsin\u2019s bag; I'm told it's gone", "@ bag i'm told it's gone"),
        ("One of the PCs rang the NHS", "one of the @ rang the @"),
        ("", ""),
    ],
)
def test_names_numbers_days_and_pronouns_are_one_sign_each(text: str, said: str) -> None:
    assert signs(text, "Tamsin", "Carrow") == said


def test_a_copy_with_the_name_age_and_pronoun_changed_is_a_copy() -> None:
    one, other = Wording(TAMSIN, folded_words("Tamsin")), Wording(KOFI, folded_words("Kofi"))
    found = likeness(other, one)
    assert found.share == 1
    assert found.passage == KOFI.removesuffix(".")
    assert likeness(Wording(OWN), one) == replace(found, share=0, words=0, passage="")


def test_the_longest_passage_is_told_as_it_was_written() -> None:
    first, rest = TAMSIN.split(". ", 1)
    mixed = f"{OWN} {rest}"
    found = likeness(Wording(mixed), Wording(TAMSIN, folded_words("Tamsin")))
    assert found.passage == rest.removesuffix(".")
    assert 0.4 < found.share < 0.6
    assert first not in found.passage


@pytest.mark.parametrize("at", [0, 7, 40])
def test_texts_that_share_so_many_words_in_a_row_share_a_print(at: int) -> None:
    """Winnowing's promise, which the search relies on; fewer words may or may not be found."""
    shared = [f"shared{n}x" for n in "abcdefghijk"]
    assert len(shared) == SURELY_FOUND
    one = [f"one{n * 'a'}" for n in range(60)]
    other = [f"other{n * 'b'}" for n in range(60)]
    texts = (Wording(" ".join([*each[:at], *shared, *each[at:]])) for each in (one, other))
    prints = [prints_of(text.shingles) for text in texts]
    assert prints[0] & prints[1]
    assert len(prints[0]) < len(Wording(" ".join(one)).shingles)


def test_the_words_used_in_another_record_are_found_and_kept_with_it(
    incident: Incident, another: Incident, cn: Unit, now: datetime
) -> None:
    earlier = an_assessment(incident, cn.frontline, now - DAY, rationale=TAMSIN)
    made = an_assessment(
        another, cn.frontline, now, rationale=KOFI, repeats_because="Both go to the same clinic."
    )
    (pointed,) = made.pointed.all()
    assert (pointed.kind, pointed.of_id, pointed.percent) == ("copy", earlier.pk, 100)
    assert pointed.passage == KOFI.removesuffix(".")
    event = Event.objects.filter(kind="risk.assessed").latest("pk")
    assert (
        f"100 in 100 of its words stand in the assessment of {event.summary[:0]}" in event.summary
    )
    assert f"of {incident.reference}: “Kofi, 17" in event.summary
    assert "The words stay because “Both go to the same clinic.”" in event.summary
    assert event.data["pointed"] == ["copy"]


def test_words_of_this_record_and_of_the_last_ninety_days_count_and_older_ones_do_not(
    incident: Incident, another: Incident, cn: Unit, ne: Unit, now: datetime
) -> None:
    an_assessment(incident, cn.frontline, now, rationale=TAMSIN)
    again = an_assessment(incident, cn.frontline, now, rationale=TAMSIN)
    assert [each.kind for each in again.pointed.all()] == ["copy"]
    window = stock_figures().window
    assert {each.kind.value for each in find(another, KOFI, now + window)} == {"copy"}
    assert find(another, KOFI, now + window + DAY) == []
    elsewhere = log_incident(ne.frontline, now, given_name="Kofi", family_name="Larkham")
    assert find(elsewhere, KOFI, now) == []


def test_reasons_of_ones_own_are_not_pointed_out(
    incident: Incident, another: Incident, cn: Unit, now: datetime
) -> None:
    an_assessment(incident, cn.frontline, now, rationale=TAMSIN)
    assert find(another, OWN, now, told=["Her mother says she spoke of the river."]) == []


def test_the_best_of_many_is_named_first_and_only_so_many(
    incident: Incident, another: Incident, cn: Unit, now: datetime
) -> None:
    for _ in range(3):
        an_assessment(incident, cn.frontline, now, rationale=f"{OWN} {TAMSIN}")
    exact = an_assessment(incident, cn.frontline, now, rationale=f"{OWN}\n{KOFI} {TAMSIN}")
    found = find(another, f"{KOFI} {OWN}", now)
    assert len([each for each in found if each.of]) == stock_figures().most
    assert found[0].percent >= found[1].percent
    assert exact.pk in {each.of.pk for each in found if each.of}


@pytest.mark.parametrize(
    ("rationale", "kinds"),
    [
        ("Tamsin is a usual misper and will turn up, as she did in May and in June.",
         ["stock", "stock"]),
        ("No concerns.", ["stock", "short", "nobody"]),
        ("The risk is medium because harm is likely if this goes on and the weather is cold.",
         ["nobody"]),
        ("Tamsin is 15.", ["short"]),
        ("This one is 15, alone, and the last bus has gone, so harm is likely by the morning.", []),
        ("", []),
        ("…", []),
    ],
)  # fmt: skip
def test_what_gives_no_reason_for_this_person_is_pointed_out(
    cn: Unit, now: datetime, rationale: str, kinds: list[str]
) -> None:
    born = now.date().replace(year=now.year - 15)
    incident = log_incident(
        cn.frontline, now, given_name="Tamsin", family_name="Carrow", date_of_birth=born
    )
    assert [each.kind.value for each in find(incident, rationale, now)] == kinds


def test_every_stock_phrase_finds_itself_and_says_what_would_be_a_reason() -> None:
    for stock in stock_phrases():
        assert stock.pattern.search(f"He is {stock.phrase.upper()}, as ever"), stock.phrase
        assert stock.ask.endswith((".", "?"))


def test_the_search_takes_two_queries_however_often_the_words_were_used(
    incident: Incident, another: Incident, cn: Unit, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it reads no more than it may, though one print is of more rationales than that."""
    monkeypatch.setattr(finding, "MOST_READ", 3)
    counts = []
    for n in (1, 10, MOST_OF_EACH + 10):
        while RiskAssessment.objects.count() < min(n, 10):
            an_assessment(incident, cn.frontline, now, rationale=TAMSIN)
        (some,) = RiskAssessment.objects.order_by("pk")[:1]
        one = RationalePrint.objects.filter(assessment_id=some.pk)[0]
        RationalePrint.objects.bulk_create(
            RationalePrint(print=one.print, made_on=one.made_on, assessment_id=10**9 + each)
            for each in range(RationalePrint.objects.filter(print=one.print).count(), n)
        )
        with CaptureQueriesContext(connection) as queries:
            found = find(another, KOFI, now)
        assert found[0].percent == 100
        counts.append(len(queries))
    assert counts == [2, 2, 2]


def test_a_page_asks_why_and_a_system_is_told(
    incident: Incident, another: Incident, cn: Unit, now: datetime, api: Callable[..., Rest]
) -> None:
    """Nobody is there to answer a system that grades for an officer: its grade is not lost."""
    an_assessment(incident, cn.frontline, now, rationale=TAMSIN)
    body = grounds(now, rationale=KOFI)
    grade = partial(assess_risk, reference=another.reference, by=cn.frontline, now=now, **body)
    with pytest.raises(Invalid) as refused:
        grade(asks_why=True)
    assert refused.value.code == "repeats_because_required"
    assert [each.field for each in refused.value.errors] == ["repeats_because"]
    assert not another.risk_assessments.exists()
    grade(asks_why=True, repeats_because="One clinic, one danger.")
    body["information"][0]["obtained_at"] = "2026-07-18T08:40:00Z"
    answer = api(cn.frontline).post(
        f"/api/v1/incidents/{another.reference}/risk-assessments/", body
    )
    assert answer.status_code == 201, answer.content
    first = answer.json()["repeats"][0]
    assert (first["kind"], first["percent"]) == ("copy", 100)
    assert first["incident"] in {incident.reference, another.reference}
    assert answer.json()["repeats_because"] == ""


def test_a_record_that_one_may_not_see_is_told_of_without_its_words(
    incident: Incident, another: Incident, cn: Unit, ne: Unit, now: datetime,
    browser_as: Callable[[Officer], Browser], api: Callable[..., Rest],
) -> None:  # fmt: skip
    """Here a record that has gone to another BCU since."""
    an_assessment(incident, cn.frontline, now, rationale=TAMSIN)
    Incident.objects.filter(pk=incident.pk).update(bcu=BCU.objects.get(pk=ne.code))
    made = an_assessment(another, cn.frontline, now, rationale=KOFI)
    said = pointed_out(made.pointed.get(), another, cn.inspector)
    assert (said.reference, said.passage, said.of) == ("", "", None)
    page = browser_as(cn.inspector).get(reverse("decide-assessment", args=[made.pk]))
    text = page.content.decode()
    assert "stand in an assessment of a record that you may not see" in text
    assert incident.reference not in text
    answer = api(cn.inspector).get(f"/api/v1/risk-assessments/{made.pk}/").json()
    assert answer["repeats"][0]["assessment"] is None
    assert incident.reference not in Event.objects.latest("pk").summary


def test_it_is_told_while_typing_asked_on_recording_and_shown_at_endorsement(
    incident: Incident, another: Incident, cn: Unit, now: datetime,
    browser_as: Callable[[Officer], Browser],
) -> None:  # fmt: skip
    an_assessment(incident, cn.frontline, now, rationale=TAMSIN)
    browser = browser_as(cn.frontline)
    prompt = f"{reverse('risk-prompt', args=[another.reference])}?about=repeats"
    text = browser.post(prompt, {"rationale": KOFI}).content.decode()
    assert f"open {incident.reference}" in text
    assert "“Kofi, 17, has never stayed out" in text
    assert "<li>" not in browser.post(prompt, {"rationale": "Kofi, 17, has"}).content.decode()
    assert not Pointed.objects.exists()
    url = reverse("assess-risk", args=[another.reference])
    answer = browser.post(url, typed(rationale=KOFI))
    assert answer.status_code == 422
    assert "say why the words stay" in answer.context["form"].errors["repeats_because"][0]
    kept = "They were seen together; the same inhaler matters."
    assert browser.post(url, typed(rationale=KOFI, repeats_because=kept)).status_code == 302
    made = another.risk_assessments.get()
    for role, name, args in (
        (cn.inspector, "decide-assessment", [made.pk]),
        (cn.frontline, "incident-risk", [another.reference]),
    ):
        page = browser_as(role).get(reverse(name, args=args)).content.decode()
        assert kept in page
        assert "100 in 100 of its words stand in" in page
    queue = browser_as(cn.inspector).get(reverse("risk-queue")).content.decode()
    assert queue.count("Reasons used before") == 1
    assert browser_as(cn.another(Role.RECORDS)).post(prompt, {}).status_code == 403


def test_what_tests_grade_with_is_about_somebody(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    made = an_assessment(incident, cn.frontline, now, rationale=RATIONALE)
    assert not made.pointed.exists()
