"""Writes docs/reactions.md from the apps' wirings, or checks that it is current."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.reactions_page import Missing, page

PLACE = Path("docs") / "reactions.md"


class Command(BaseCommand):
    """`reactions` writes docs/reactions.md; with --check it compares and writes nothing."""

    help = "Write docs/reactions.md from the code; --check compares it with the committed file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Compare and write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            drawn = page()
        except Missing as error:
            raise CommandError(str(error)) from None
        path = Path(settings.ROOT) / PLACE
        if options["check"]:
            if not path.exists() or path.read_text() != drawn:
                raise CommandError(f"{PLACE} is out of date: run manage.py reactions")
            return
        path.write_text(drawn)
        self.stdout.write(f"Wrote {PLACE}.")
