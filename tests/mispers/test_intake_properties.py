"""Whatever a report says, it is refused at known fields or stored and read back as it was."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.checks import tidy
from core.errors import FieldError, Invalid
from mispers.models import Incident
from mispers.rules.markers import markers
from mispers.rules.reports import MissingReport
from mispers.services.intake import log_report
from tests.conftest import Unit

KNOWN_FIELDS = {
    "person.given_name", "person.family_name", "person.date_of_birth", "person.age_estimate",
    "person.sex", "person.home_address.lines", "person.home_address.postcode", "person.phones",
    "person.looked_after_by", "person.markers", "informant.name", "informant.relationship",
    "informant.phone", "circumstances", "last_seen_at", "last_seen_place", "missing_from",
    "reported_at", "bcu", "source.system", "source.reference", "previous",
}  # fmt: skip

# All examples of a test meet one database, so that they meet each other's people as well.
SAME_DATABASE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]

anything = st.text(max_size=120)
words = st.text(st.characters(blacklist_categories=["Cc", "Cs"]), min_size=1, max_size=60)
line = st.one_of(st.just(""), words, anything)


def moments_between(first: str, last: str) -> st.SearchStrategy[datetime]:
    """Moments in UTC."""
    ends = (datetime.fromisoformat(end).replace(tzinfo=None) for end in (first, last))
    return st.datetimes(*ends, timezones=st.just(UTC))


moments = st.one_of(
    st.none(),
    st.datetimes(timezones=st.just(UTC)),
    moments_between("2026-07-01", "2026-07-20"),
)
people = st.fixed_dictionaries(
    {
        "given_name": line,
        "family_name": line,
        "unknown": st.booleans(),
        "date_of_birth": st.one_of(
            st.none(), st.dates(), st.dates(date(1930, 1, 1), date(2026, 1, 1))
        ),
        "age_estimate": st.one_of(st.none(), st.integers(-1, 130)),
        "sex": st.sampled_from(["female", "male", "other", "unknown", "else"]),
        "home_address": st.one_of(
            st.none(),
            st.fixed_dictionaries(
                {
                    "lines": st.lists(line, max_size=7),
                    "postcode": st.sampled_from(["", "n1 9gu", "SW1A1AA", "N1", "\u017f1 9GU"]),
                }
            ),
        ),
        "phones": st.lists(st.sampled_from(["020 7946 0001", "+44 20", "none", ""]), max_size=3),
        "looked_after_by": line,
        "markers": st.lists(
            st.sampled_from([*(each.code for each in markers()), "tall"]), max_size=4
        ),
    }
)
reports = st.fixed_dictionaries(
    {
        "person": people,
        "informant": st.fixed_dictionaries(
            {"name": line, "unknown": st.booleans(), "relationship": line, "phone": line}
        ),
        "circumstances": line,
        "last_seen_at": moments,
        "last_seen_place": line,
        "missing_from": st.sampled_from([*Incident.MissingFrom.values, "pub"]),
        "reported_at": moments,
        "bcu": st.sampled_from(["CN", "CN", "CN", "NE", "", "\x00", "too long"]),
        "source": st.one_of(st.none(), st.fixed_dictionaries({"system": line, "reference": line})),
        "previous": st.lists(anything, max_size=1),
    }
)


@settings(suppress_health_check=SAME_DATABASE)
@given(report=reports)
def test_a_report_is_refused_at_known_fields_or_reads_back_the_same(
    cn: Unit, now: datetime, report: dict[str, Any]
) -> None:
    errors: list[FieldError] = []
    try:
        logged = log_report(MissingReport(**report), by=cn.frontline, now=now)
    except Invalid as refused:
        errors = refused.errors
    assert {error.field for error in errors} <= KNOWN_FIELDS
    assert all(error.message and error.code for error in errors)
    if errors or not logged.created:
        return
    stored = Incident.objects.select_related("person").get(pk=logged.incident.pk)
    said, person = report["person"], stored.person
    assert stored.circumstances == report["circumstances"].strip()
    assert stored.last_seen_at == report["last_seen_at"]
    assert stored.last_seen_place == tidy(report["last_seen_place"])
    assert stored.reported_at == (report["reported_at"] or now)
    assert stored.boundary_48h_at == stored.reported_at + timedelta(hours=48)
    assert stored.informant_name == tidy(report["informant"]["name"])
    assert person.given_name.casefold() == tidy(said["given_name"]).casefold()
    assert person.family_name.casefold() == tidy(said["family_name"]).casefold()
    assert person.date_of_birth == said["date_of_birth"]
    assert set(said["markers"]) <= set(person.markers)
    assert {tidy(each) for each in said["phones"]} - {""} <= set(person.phones)


names_given = st.text(
    st.characters(whitelist_categories=["Lu", "Ll", "Lo", "Mn", "Pd", "Zs"]), max_size=40
)
good_reports = st.fixed_dictionaries(
    {
        "person": st.fixed_dictionaries(
            {
                "given_name": names_given,
                "family_name": names_given,
                "unknown": st.just(value=True),
                "date_of_birth": st.one_of(
                    st.none(), st.dates(date(1890, 1, 1), date(2026, 7, 18))
                ),
                "age_estimate": st.one_of(st.none(), st.integers(0, 120)),
            }
        ),
        "informant": st.one_of(st.just({"unknown": True}), st.just({"name": "Rowan"})),
        "circumstances": words.filter(str.strip),
        "last_seen_at": st.one_of(
            st.none(),
            moments_between("1900-01-02", "2026-07-18T08:00:00"),
        ),
        "missing_from": st.sampled_from(Incident.MissingFrom.values),
    }
)


@settings(suppress_health_check=SAME_DATABASE)
@given(report=good_reports)
def test_a_report_with_nothing_wrong_is_stored(
    cn: Unit, now: datetime, report: dict[str, Any]
) -> None:
    logged = log_report(MissingReport(bcu="CN", **report), by=cn.frontline, now=now)
    assert logged.created
    stored = Incident.objects.select_related("person").get(pk=logged.incident.pk)
    assert stored.circumstances == report["circumstances"].strip()
    assert stored.last_seen_at == report["last_seen_at"]
    assert stored.person.given_name.casefold() == tidy(report["person"]["given_name"]).casefold()
    assert stored.person.unknown is not bool(stored.person.given_name or stored.person.family_name)
