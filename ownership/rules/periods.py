"""Of how long a period an officer's answering is shown at once; the project's own figures."""

from datetime import timedelta

USUAL = timedelta(days=7)
LONGEST = timedelta(days=366)
