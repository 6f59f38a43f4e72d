"""The BCUs, teams, officers and training in fixtures/, and a rota for the days ahead."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from core.london import day_of
from officers.models import BCU, Officer, Team, Training
from officers.services.rota import fill_rota

MAIL_DOMAIN = "police.example"
ROTA_DAYS_BACK = 2
ROTA_DAYS = 30


def rows(name: str) -> list[dict[str, Any]]:
    """The entries of fixtures/`name`.json."""
    text = (settings.ROOT / "fixtures" / f"{name}.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found


def load_bcus(now: datetime) -> int:
    """BCUs and their teams; names and telephone numbers are brought up to date."""
    before = BCU.objects.count()
    given = rows("bcus")
    BCU.objects.bulk_create(
        [
            BCU(
                code=row["code"],
                name=row["name"],
                boroughs=row["boroughs"],
                telephone=row.get("telephone", ""),
            )
            for row in given
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "boroughs", "telephone"],
    )
    Team.objects.bulk_create(
        [Team(bcu_id=row["code"], name=name) for row in given for name in row["teams"]],
        ignore_conflicts=True,
    )
    return BCU.objects.count() - before


def load_officers(now: datetime) -> int:
    """Officers, without a password until somebody sets one; postings are brought up to date."""
    teams = {(team.bcu_id, team.name): team.pk for team in Team.objects.all()}
    before = Officer.objects.count()
    with transaction.atomic():
        Officer.objects.bulk_create(
            [
                Officer(
                    username=row["username"],
                    given_name=row["given_name"],
                    family_name=row["family_name"],
                    rank=row["rank"],
                    number=row["number"],
                    role=row["role"],
                    bcu_id=row["bcu"],
                    team_id=teams.get((row["bcu"], row.get("team", ""))),
                    email=f"{row['username']}@{MAIL_DOMAIN}",
                    password=make_password(None),
                )
                for row in rows("officers")
            ],
            update_conflicts=True,
            unique_fields=["username"],
            update_fields=["given_name", "family_name", "rank", "number", "role", "bcu", "team"],
        )
        known = {officer.username: officer.pk for officer in Officer.objects.all()}
        for row in rows("bcus"):
            BCU.objects.filter(pk=row["code"]).update(
                fallback_officer=known[row["fallback_officer"]]
            )
    return Officer.objects.count() - before


def load_training(now: datetime) -> int:
    """Who passed which course, and until when it counts."""
    known = {officer.username: officer.pk for officer in Officer.objects.all()}
    before = Training.objects.count()
    Training.objects.bulk_create(
        [
            Training(
                officer_id=known[row["officer"]],
                course=row["course"],
                passed_on=row["passed_on"],
                lapses_on=row["lapses_on"],
            )
            for row in rows("training")
        ],
        ignore_conflicts=True,
    )
    return Training.objects.count() - before


def load_rota(now: datetime) -> int:
    """A rota for every BCU from the day before yesterday, so that running shifts are whole."""
    start = day_of(now) - timedelta(days=ROTA_DAYS_BACK)
    codes = list(BCU.objects.order_by("code").values_list("code", flat=True))
    return sum(fill_rota(bcu=code, start=start, days=ROTA_DAYS, now=now) for code in codes)
