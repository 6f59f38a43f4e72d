"""Writes the stage diagram of the docs from the code, or checks that it is current."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mispers.presenters.stage_diagram import Disagreement, diagram

PLACE = Path("docs") / "stages.md"


class Command(BaseCommand):
    """`stage_diagram` writes docs/stages.md; with --check it compares and writes nothing."""

    help = "Write docs/stages.md from the code; --check compares it with the committed file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Compare and write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            drawn = diagram()
        except Disagreement as error:
            raise CommandError(f"The moves and the state machine disagree:\n{error}") from None
        path = Path(settings.ROOT) / PLACE
        if options["check"]:
            if not path.exists() or path.read_text() != drawn:
                raise CommandError(f"{PLACE} is out of date: run manage.py stage_diagram")
            return
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn)
        self.stdout.write(f"Wrote {PLACE}.")
