"""What the two forms of a rota's file have in common: a line that says who is on duty when."""

from dataclasses import dataclass
from datetime import datetime


class WrongLine(Exception):
    """What is wrong with one line, in words."""


@dataclass
class Line:
    """One shift as a file has it. number: of its line. wrong: why its times cannot be read."""

    number: int
    officer: str
    role: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    wrong: str = ""
