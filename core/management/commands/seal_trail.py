"""Seal the trail for a day and print the root to a file."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core import clock
from core.trail.seal import print_seal, seal_day


class Command(BaseCommand):
    """The same as the nightly task, by hand."""

    help = "Seal every event that is not sealed yet, under today's date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--day: the date to seal under, today if absent."""
        parser.add_argument("--day", type=date.fromisoformat)

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, and say where the root was written."""
        now = clock.now()
        seal = seal_day(day=options["day"] or now.date(), now=now)
        path = print_seal(seal, settings.MISPERS_SEALS)
        self.stdout.write(f"{seal.root} over {seal.events} events, written to {path}")
