"""Draw a dip sample again and compare it with what was drawn."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assurance.models import DipSample
from assurance.services.sampling import redraw


class Command(BaseCommand):
    """Exits with 1 when the draw differs."""

    help = "Make a dip sample's draw again from its seed and period, and compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """reference: such as DS-CN-00001."""
        parser.add_argument("reference")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the records in the order of the draw, then each difference."""
        reference = options["reference"]
        samples = DipSample.objects.select_related("bcu").prefetch_related("items__incident")
        sample = samples.filter(reference=reference).first()
        if sample is None:
            raise CommandError(f"There is no dip sample {reference}.")
        again = redraw(sample)
        for drawn in again.drawn:
            self.stdout.write(drawn)
        for difference in again.differences:
            self.stdout.write(self.style.ERROR(difference))
        if again.differences:
            sys.exit(1)
        self.stdout.write(f"{reference}: the same draw from {again.population} records.")
