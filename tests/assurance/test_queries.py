"""No page of assurance asks the database more for more rows."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from assurance.services.standards import refresh_standards
from mispers.models import Incident
from officers.models import Officer
from tests.conftest import Unit
from tests.factories.assurance import HOUR, a_sample
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action

pytestmark = pytest.mark.django_db
SignIn = Callable[[Officer], Browser]


def test_no_page_asks_more_for_more_rows(
    cn: Unit, board: Officer, records: Officer, now: datetime, browser_as: SignIn
) -> None:
    first = log_incident(cn.frontline, now - 2 * HOUR)
    an_action(first, cn.frontline, now)
    browsers = {each.pk: browser_as(each) for each in (cn.superintendent, board, records)}
    asked: dict[int, list[int]] = {}
    for many in (1, 10, 50):
        while Incident.objects.count() < many:
            log_incident(cn.frontline, now - 2 * HOUR)
            an_action(first, cn.frontline, now)
        refresh_standards(incident_ids=Incident.objects.values_list("pk", flat=True), now=now)
        sample = a_sample(cn.superintendent, now + timedelta(seconds=many), size=50)
        of_first = sample.items.filter(incident=first).get()
        pages = [
            (board, "/standards/"),
            (board, "/standards/?code=RISK-1"),
            (board, "/standards/records/?state=not_met"),
            (cn.superintendent, "/dip-samples/"),
            (cn.superintendent, "/dip-samples/draw/"),
            (cn.superintendent, f"/dip-samples/{sample.reference}/"),
            (cn.superintendent, f"/dip-samples/records/{of_first.pk}/"),
            (cn.superintendent, f"/incidents/{first.reference}/standards/"),
            (records, f"/incidents/{first.reference}/disclosure/"),
        ]
        asked[many] = []
        for officer, path in pages:
            with CaptureQueriesContext(connection) as queries:
                assert browsers[officer.pk].get(path).status_code == 200
            asked[many].append(len(queries))
    assert asked[1] == asked[10] == asked[50], asked
