"""`python -m benchmarks`: seed, measure, print. `python -m benchmarks journeys`: count."""

import argparse
import logging
import os
import sys
import warnings
from datetime import UTC, datetime

import django


def main(arguments: list[str]) -> int:
    """Run what was asked for; 1 when the database is somebody else's."""
    if arguments[:1] == ["journeys"]:
        _set_up()
        from benchmarks import journeys

        return journeys.main(arguments[1:])
    options = _options(arguments)
    _set_up()
    from benchmarks.data import NotOurs
    from benchmarks.run import Plan, run

    try:
        run(
            Plan(
                incidents=options.incidents,
                events=options.events,
                assessments=options.assessments,
                only=options.only,
                rounds=options.rounds,
                open_items=options.open,
                due=options.due,
                people=options.people,
            ),
            now=datetime.now(UTC).replace(microsecond=0),
            say=lambda text: print(text, flush=True),
        )
    except NotOurs as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    logging.disable(logging.INFO)
    # Nothing static is asked for here, so nothing was collected.
    warnings.filterwarnings("ignore", "No directory at")
    django.setup()


def _options(arguments: list[str]) -> argparse.Namespace:
    more = "script/bench journeys --help: the other thing that it can do."
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__, epilog=more)
    parser.add_argument("--incidents", type=int, default=10_000, help="how many to seed")
    parser.add_argument("--events", type=int, default=1_000_000, help="how long a trail to check")
    parser.add_argument(
        "--assessments", type=int, default=0, help="how many more reasons to look among"
    )
    parser.add_argument(
        "--open", type=int, default=100_000, help="how many open deadlines reminders are due among"
    )
    parser.add_argument("--due", type=int, default=10_000, help="how many reminders are due")
    parser.add_argument(
        "--people", type=int, default=100_000, help="how many people somebody is looked up among"
    )
    parser.add_argument("--rounds", type=int, default=100, help="how often to repeat each case")
    parser.add_argument("--only", help="one case by its name, “reminders”, “names” or “trail”")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
