"""How it ends: seen, spoken to, closed by another; and what arrives afterwards."""

from mispers.rules.codes.code import Code
from mispers.rules.codes.row import CodeRow, Due, DueFrom, Override, Place

_CLOSURE = Place("incident-closure")

ROWS = (
    CodeRow(
        Code.END_1,
        "Seen in person by a named officer, or death confirmed by the coroner",
        policy="A person who was missing is seen before they count as found.",
        guidance="A telephone call, hearsay or “probably abroad” is never enough.",
        barrier=Override.NOBODY,
    ),
    CodeRow(
        Code.END_2,
        "Prevention interview held",
        due=Due("Hold the prevention interview", DueFrom.OWNER, _CLOSURE),
        barrier=Override.WHO_AUTHORISES,
    ),
    CodeRow(
        Code.END_3,
        "Return interview of a child asked for, offered, and its outcome recorded",
        barrier=Override.WHO_AUTHORISES,
    ),
    CodeRow(
        Code.END_4,
        "Closure authorised by an inspector who neither asked for it nor owns the incident",
        policy="A supervisor decides that an investigation ends.",
        guidance="An inspector who did not ask for it and does not own the incident.",
        barrier=Override.NOBODY,
        until_decided=True,
    ),
    CodeRow(Code.END_5, "Found dead: the coroner told, referral made, the case reviewed"),
    CodeRow(Code.DEATH_1, "Next of kin and informant told of a death in person by a named officer"),
    CodeRow(
        Code.NEW_1,
        "An inspector decides on new information on a resolved record",
        due=Due("Decide on new information on a resolved record", DueFrom.INSPECTOR, _CLOSURE),
        barrier=Override.WHO_AUTHORISES,
    ),
    CodeRow(Code.REP_1, "A new report is linked to earlier ones, whose closures are tested again"),
    CodeRow(
        Code.HYP_1,
        "No hypothesis is left untested of somebody whom nobody has seen",
        is_standard=False,
        barrier=Override.NOBODY,
    ),
    CodeRow(
        Code.LOCATED,
        "How the person was located is recorded",
        is_standard=False,
        barrier=Override.NOBODY,
    ),
    CodeRow(
        Code.RATIONALE,
        "A closure rationale is written",
        is_standard=False,
        barrier=Override.WHO_AUTHORISES,
    ),
    CodeRow(
        Code.HOLD,
        "In its first hour only a superintendent closes a report as not missing or duplicate",
        is_standard=False,
        barrier=Override.NOBODY,
        until_decided=True,
    ),
)
