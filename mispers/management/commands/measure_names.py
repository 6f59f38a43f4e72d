"""Print how well names are found again in the labelled pairs, by tradition."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.rules.shares import Share
from mispers.rules.naming.measure import PARTS, Score, measure, read_pairs

PAIRS = Path("fixtures") / "names" / "pairs.csv"
_TITLES = {"development": "Development part", "held_out": "Held-out part"}


class Command(BaseCommand):
    """Both parts, overall and by tradition, with 95 per cent intervals."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--pairs",
            type=Path,
            default=settings.ROOT / PAIRS,
            help=f"The labelled pairs; {PAIRS} unless told.",
        )
        parser.add_argument(
            "--mistakes", action="store_true", help="Name every pair that went wrong as well."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        path: Path = options["pairs"]
        if not path.exists():
            raise CommandError(f"There are no labelled pairs at {path}.")
        for part in PARTS:
            pairs = read_pairs(path, part)
            self.stdout.write(f"{_TITLES[part]}: {len(pairs):,} pairs")
            scores = measure(pairs)
            for tradition, score in scores.items():
                self.stdout.write(f"  {tradition or 'overall':<34} {_figures(score)}")
            if options["mistakes"]:
                self._name_mistakes(scores[""])
            self.stdout.write("")

    def _name_mistakes(self, score: Score) -> None:
        for pair in score.mistakes:
            what = "missed" if pair.is_same else "found without reason"
            known = " ".join(filter(None, [pair.given_name, pair.family_name]))
            self.stdout.write(f"  {what}: {pair.asked!r} for {known!r} ({pair.how})")


def _figures(score: Score) -> str:
    return f"recall {_share(score.recall)}  precision {_share(score.precision)}"


def _share(share: Share) -> str:
    """0.975 (119/122, 0.930-0.992), or a dash where there is no case."""
    if share.value is None or share.low is None or share.high is None:
        return f"{'-':<32}"
    exact = f"{share.part}/{share.whole}, {share.low:.3f}-{share.high:.3f}"
    return f"{f'{share.value:.3f} ({exact})':<32}"
