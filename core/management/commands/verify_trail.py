"""Check the whole trail and name every event that is not as it was written."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core.text import counted
from core.trail.seal import read_seal
from core.trail.verify import Tally, verify


class Command(BaseCommand):
    """Exits with 1 when anything is wrong."""

    help = "Check every hash, chain and seal of the trail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--roots: a directory of seals that were kept elsewhere."""
        parser.add_argument("--roots", type=Path, help="directory of printed seals to compare with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each fault on a line, then what was looked at and how fast."""
        kept = (
            dict(read_seal(path) for path in sorted(options["roots"].glob("*.txt")))
            if options["roots"]
            else None
        )
        tally, faults = Tally(), 0
        began = time.perf_counter()
        for fault in verify(tally, kept):
            faults += 1
            self.stdout.write(self.style.ERROR(f"{fault.where}: {fault.what}"))
        found = counted(faults, "fault") if faults else "no faults"
        took = time.perf_counter() - began
        self.stdout.write(
            f"{counted(tally.events, 'event')} in {counted(tally.streams, 'stream')} "
            f"and {counted(tally.seals, 'seal')}: {found}. "
            f"{took:.1f} s, {tally.events / max(took, 1e-9):,.0f} events a second."
        )
        if faults:
            sys.exit(1)
