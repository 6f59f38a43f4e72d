"""Rotas as text, as other people's systems write them; every name is invented."""

# As Exchange describes London's zone, under a name of its own.
ZONE = (
    "BEGIN:VTIMEZONE", "TZID:{name}", "BEGIN:STANDARD", "DTSTART:16010101T020000",
    "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
    "BEGIN:DAYLIGHT", "DTSTART:16010101T010000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
)  # fmt: skip


def csv_of(*lines: str) -> bytes:
    """A table with a heading line and a byte-order mark."""
    return "\n".join(["Officer,Role,Starts at,Ends at", *lines]).encode("utf-8-sig")


def calendar_of(*events: str) -> bytes:
    """A calendar; what comes before the events may be among them. Its first event is at line 4."""
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Another//EN", *events, "END:VCALENDAR", ""]
    ).encode()


def event(officer: str, *lines: str, role: str = "frontline") -> str:
    """An event with an officer invited, four lines and `lines`."""
    return "\r\n".join(
        ["BEGIN:VEVENT", f"ATTENDEE:mailto:{officer}", f"CATEGORIES:{role}", *lines, "END:VEVENT"]
    )


def zone(name: str) -> str:
    """The description of a zone of this name that is London's."""
    return "\r\n".join(ZONE).format(name=name)
