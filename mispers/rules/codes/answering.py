"""Who answers: the two chains of an incident, and its actions."""

from mispers.rules.codes.code import Code
from mispers.rules.codes.row import About, AddressPart, CodeRow, Due, DueFrom, Override, Place

_CHANGE_OF_SHIFT = (
    "Duty inspectors hand incidents on to the next duty inspector when the shift changes."
)
_HANDOVER = Place("handover", (AddressPart.HANDOVER,), otherwise=Place("handovers", ()))
_ACTION = Place(
    "action", (AddressPart.REFERENCE, AddressPart.ACTION), otherwise=Place("incident-actions")
)

ROWS = (
    CodeRow(
        Code.OWN_1,
        "A named owner at every instant since the report",
        policy="Each investigation has somebody who owns it: frontline officers for the first 48 "
        "hours of low and medium risk, the Safeguarding DI for high risk.",
        guidance="Ownership moves only when the receiving officer accepts, so that nobody is ever "
        "between two owners.",
    ),
    CodeRow(
        Code.OWN_2,
        "A named inspector at every instant since the report",
        policy=_CHANGE_OF_SHIFT,
        guidance="An inspector answers for the incident by name at every instant, not only at the "
        "shift boundary.",
    ),
    CodeRow(
        Code.OWN_3,
        "High risk is owned by a Safeguarding DI",
        due=Due(
            "Safeguarding DI to accept this high-risk incident",
            DueFrom.INSPECTOR,
            Place("incident-ownership"),
        ),
        ended_by_being_seen=True,
    ),
    CodeRow(
        Code.OWN_4,
        "Low and medium risk is owned by the Missing Persons Unit after 48 hours",
        due=Due(
            "Missing Persons Unit to accept this incident",
            DueFrom.INSPECTOR,
            Place("incident-ownership"),
        ),
        ended_by_being_seen=True,
    ),
    CodeRow(
        Code.OWN_5,
        "At each change of shift the incoming inspector accepted, item by item",
        policy=_CHANGE_OF_SHIFT,
        guidance="By name and item by item, high risk with an answer to the risk, within one hour "
        "of the change. Until then the outgoing inspector answers, and the ladder climbs.",
        due=Due(
            "Accept or send back the handover",
            DueFrom.RECEIVER,
            _HANDOVER,
            about=(About.HANDOVER_ITEM, About.SHIFT),
        ),
    ),
    CodeRow(
        Code.OWN_6,
        "Whoever will be away when something of theirs falls due hands it over first",
    ),
    CodeRow(
        Code.ACT_1,
        "Every action has a named responsible officer and a due time",
        policy="Tasks come from the strategy, and somebody answers for each of them.",
        guidance="One officer by name, never a team; a reassignment keeps who was responsible "
        "before.",
    ),
    CodeRow(
        Code.ACT_2,
        "Every action ended with a result, or with an approved reason, by its due time",
        policy="The record shows what was done, by whom, and why something was not done.",
        guidance="An inspector other than the proposer approves that an action is not pursued.",
        due=Due("Action", DueFrom.RESPONSIBLE, _ACTION, about=(About.ACTION,)),
        barrier=Override.WHO_AUTHORISES,
    ),
)
