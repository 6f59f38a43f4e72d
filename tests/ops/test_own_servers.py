"""Every test run has servers of its own."""

import pytest
from django.conf import settings
from django.db import connection
from kombu import Connection


@pytest.mark.django_db
def test_the_database_is_the_test_runs_own_and_careless_of_power_cuts() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        assert cursor.fetchone() == ("off",)
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 180000


def test_the_broker_answers() -> None:
    with Connection(settings.CELERY_BROKER_URL) as broker:
        broker.ensure_connection(max_retries=1)
        assert broker.connected
