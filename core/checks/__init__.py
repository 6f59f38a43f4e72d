"""What anybody gives, checked in one place: pages, REST, imports and services all ask here."""

from core.checks.complaints import Complaints
from core.checks.values import (
    CLOCK_DRIFT,
    EARLIEST,
    LONGEST_LINE,
    LONGEST_PHONE,
    LONGEST_TEXT,
    Unfit,
    birth,
    fitting,
    is_storable,
    line,
    past,
    phone,
    postcode,
    text,
    tidy,
    without_unseen,
    year_of,
)

__all__ = [
    "CLOCK_DRIFT",
    "EARLIEST",
    "LONGEST_LINE",
    "LONGEST_PHONE",
    "LONGEST_TEXT",
    "Complaints",
    "Unfit",
    "birth",
    "fitting",
    "is_storable",
    "line",
    "past",
    "phone",
    "postcode",
    "text",
    "tidy",
    "without_unseen",
    "year_of",
]
