"""`python -m config.data_steps migrate …`: management commands one after another, with progress.

One process for all of them, since starting Django takes as long as some of the steps.
"""

import os
import sys
from collections.abc import Sequence

import django
from django.core.management import call_command

from config.embedded.progress import step

NAMES = {
    "migrate": "Migrations",
    "load_reference": "Reference data",
    "seed_demo": "Demo data",
}


def main(commands: Sequence[str]) -> None:
    """Run each command quietly; whatever goes wrong ends the program with its traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    django.setup()
    for command in commands:
        with step(NAMES[command]):
            call_command(command, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1:])
