"""Print how well victim-blaming phrases are found in the labelled sentences (LANG-1)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.rules.shares import Share
from riskassessment.language.measure import Measured, Score, measure, read_sentences

SENTENCES = Path("tests") / "riskassessment" / "language"
PARTS = {"development": "Development part", "held_out": "Held-out part"}


class Command(BaseCommand):
    """Both parts, overall and by phrase, with every sentence in which something went wrong."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.ROOT / SENTENCES,
            help=f"Where development.toml and held_out.toml are; {SENTENCES} unless told.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        for name, title in PARTS.items():
            path: Path = options["folder"] / f"{name}.toml"
            if not path.exists():
                raise CommandError(f"There are no labelled sentences at {path}.")
            self._print(title, measure(read_sentences(path)))

    def _print(self, title: str, measured: Measured) -> None:
        self.stdout.write(
            f"{title}: {measured.sentences} sentences, in {measured.plain} of them nothing to find"
        )
        self.stdout.write(f"  {'overall':<36} {_figures(measured.overall)}")
        for phrase, score in measured.by_phrase.items():
            self.stdout.write(f"  {phrase:<36} {_figures(score)}")
        for mistake in measured.mistakes:
            for words, phrases in (
                ("missed", mistake.missed),
                ("found without reason", mistake.found_wrongly),
            ):
                for phrase in sorted(phrases):
                    self.stdout.write(f"  {words}: {phrase}, in: {mistake.sentence.text!r}")
        self.stdout.write("")


def _figures(score: Score) -> str:
    return f"precision {_share(score.precision)}  recall {_share(score.recall)}"


def _share(share: Share) -> str:
    """0.975 (119/122, 0.930-0.992), or a dash where there is no case."""
    if share.value is None or share.low is None or share.high is None:
        return f"{'-':<28}"
    exact = f"{share.part}/{share.whole}, {share.low:.3f}-{share.high:.3f}"
    return f"{f'{share.value:.3f} ({exact})':<28}"
