"""`manage.py load_reference`: BCUs, officers, training, a rota, and every other app's data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.errors import DomainError
from core.registries.reference import reference_data


class Command(BaseCommand):
    """Loads what is not there yet; may run again at any time."""

    help = "Load the reference data of every app from fixtures/; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each in its order and say how many rows were new."""
        now = clock.now()
        for data in reference_data():
            try:
                new = data.load(now)
            except DomainError as refusal:
                raise CommandError(f"{data.label}: {refusal.message}") from refusal
            if options["verbosity"]:
                self.stdout.write(f"{data.label}: {new} new")
