"""Fill an empty database with the demo's invented data and write down how to sign in."""

import json
import os
import secrets
from argparse import ArgumentParser
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from assurance.services.standards import refresh_everything
from core import clock
from demo.ix_68_18 import Case
from demo.population import populate
from demo.shift_before import offer_the_shift
from mispers.models import Incident
from officers.models import BCU, Client, Officer, Shift
from officers.rules.roles import Role
from officers.rules.scopes import RESOURCES
from officers.services.rota import fill_rota
from ownership.models import Delivery
from ownership.services.reminders import raise_due_reminders

HOME = "CN"
SEED = 6818
COUNT = 200
DAYS_BACK, DAYS_AHEAD = 16, 14
ON_DUTY_FOR = timedelta(hours=12)
OFFERED_BEFORE = timedelta(minutes=5)


class Command(BaseCommand):
    """Safe to repeat: what is there stays; the demo's officers are put on duty from now."""

    help = "Seed invented incidents, the case IX-68-18 among them, and write var/demo.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--count: how many incidents besides the published case."""
        parser.add_argument("--count", type=int, default=COUNT)

    def handle(self, *args: Any, **options: Any) -> None:
        """Rota, incidents, sign-ins."""
        now = clock.now()
        with transaction.atomic():
            self._fill_rotas(now)
            officers = self._officers()
            self._put_on_duty(officers, now)
            if not Incident.objects.exists():
                self._live(options["count"], now, officers[Role.DUTY_INSPECTOR])
            sign_ins = self._sign_ins(officers)
            # Two weeks of notices are no news: nobody is written to about what the demo invented.
            Delivery.objects.filter(next_try_at__isnull=False).update(
                state=Delivery.State.DROPPED, reason="Invented for the demo.", next_try_at=None
            )
            connection.run_on_commit.clear()
        write_demo_json(settings.VAR / "demo.json", sign_ins)

    def _fill_rotas(self, now: datetime) -> None:
        start = now.date() - timedelta(days=DAYS_BACK)
        for bcu in BCU.objects.order_by("pk"):
            fill_rota(bcu=bcu.pk, start=start, days=DAYS_BACK + DAYS_AHEAD, now=now)

    def _officers(self) -> dict[Role, Officer]:
        """One officer of each role in the home BCU, the first by user name."""
        fallback = BCU.objects.get(pk=HOME).fallback_officer_id
        posted = Officer.objects.filter(bcu=HOME, is_active=True)
        if fallback is not None:
            posted = posted.exclude(pk=fallback)
        return {role: posted.filter(role=role).order_by("username")[0] for role in Role}

    def _put_on_duty(self, officers: dict[Role, Officer], now: datetime) -> None:
        """Whoever starts the demo at any hour finds its officers on duty."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        for role, officer in officers.items():
            Shift.objects.get_or_create(
                bcu_id=HOME,
                role=role,
                officer=officer,
                starts_at=hour,
                defaults={"ends_at": hour + ON_DUTY_FOR},
            )

    def _live(self, count: int, now: datetime, inspector: Officer) -> None:
        Case(HOME, now).tell()
        case = set(Incident.objects.values_list("reference", flat=True))
        others = list(BCU.objects.exclude(pk=HOME).order_by("pk").values_list("pk", flat=True))
        populate(home=HOME, others=others, count=count, now=now, seed=SEED)
        offer_the_shift(bcu=HOME, to=inspector, now=now - OFFERED_BEFORE, but=case)
        raise_due_reminders(now=now)
        refresh_everything(now=now)

    def _sign_ins(self, officers: dict[Role, Officer]) -> dict[str, Any]:
        users = {}
        for role, officer in officers.items():
            password = secrets.token_urlsafe(12)
            officer.set_password(password)
            officer.save(update_fields=["password"])
            users[role.value] = {
                "username": officer.username,
                "password": password,
                "officer_id": str(officer.pk),
            }
        return {"users": users, "client": self._client()}

    def _client(self) -> dict[str, Any]:
        scopes = [f"{name}:{access}" for name in RESOURCES for access in ("read", "write")]
        secret = secrets.token_urlsafe(32)
        client, _ = Client.objects.get_or_create(name="Demo command and control")
        client.scopes, client.client_secret = scopes, secret
        client.force_wide = client.acts_for_officers = True
        client.save()
        return {"client_id": client.client_id, "client_secret": secret, "scopes": scopes}


def write_demo_json(path: Path, sign_ins: dict[str, Any]) -> None:
    """Write how to sign in, readable by its owner alone."""
    port = os.environ.get("PORT", "8000")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    path.write_text(json.dumps({"url": f"http://127.0.0.1:{port}", **sign_ins}, indent=2) + "\n")
