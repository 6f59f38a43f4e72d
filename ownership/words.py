"""How numbers of things are written into sentences."""


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 incident, 3 incidents."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
