"""The investigation: its plan, searches and enquiries, who is told, who looks at it again."""

from mispers.rules.codes.code import Code
from mispers.rules.codes.row import About, CodeRow, Due, DueFrom, Place

_INVESTIGATION = Place("incident-investigation")

ROWS = (
    CodeRow(
        Code.PLAN_1,
        "An investigation strategy written for this person, with hypotheses and how to test them",
        due=Due("Write the investigation strategy", DueFrom.OWNER, _INVESTIGATION),
        ended_by_being_seen=True,
    ),
    CodeRow(
        Code.SEARCH_1,
        "Home, and place missing from, searched inside",
        policy="The home and the place that the person is missing from are searched, whoever says "
        "that it has been done.",
        guidance="Inside, within four hours, or one for high risk. A knock or a look through a "
        "window is recorded as that, and does not count.",
        due=Due("Search inside the home and the place missing from", DueFrom.OWNER, _INVESTIGATION),
        ended_by_being_seen=True,
    ),
    CodeRow(Code.ENQ_1, "What perishes or is quickly asked is asked for, or not, with a reason"),
    CodeRow(Code.SIGHT_1, "Every sighting or lead has a named officer, a due time and a result"),
    CodeRow(
        Code.DATA_1, "What comes from an earlier incident is confirmed before it counts as now"
    ),
    CodeRow(Code.COR_1, "What leaned on a corrected fact is looked at again, or said to stand"),
    CodeRow(
        Code.REQ_1, "A request to others is open until a named person there has acknowledged it"
    ),
    CodeRow(
        Code.CIRC_1,
        "Circulated on PNC/LEDS, in step with the grade",
        due=Due("Circulate on PNC/LEDS", DueFrom.OWNER, _INVESTIGATION),
        ended_by_being_seen=True,
    ),
    CodeRow(Code.CIRC_2, "The UK Missing Persons Unit notified"),
    CodeRow(
        Code.FAM_1, "One named contact for the family, updates as agreed, every message answered"
    ),
    CodeRow(Code.CHILD_1, "Children's services told, by name"),
    CodeRow(
        Code.CHILD_2,
        "Exploitation of a child investigated by an officer trained for it",
        policy="Police know which children are exploited, and the officers who look for them know "
        "of the investigation.",
        guidance="For each marker of sexual or criminal exploitation or trafficking on somebody "
        "under 18, or of an age that nobody knows: the investigation's reference, and an officer "
        "trained in child exploitation that day, within twenty-four hours.",
        due=Due(
            "Reference the exploitation investigation, allocate it to a trained officer",
            DueFrom.OWNER,
            Place("incident-known"),
            about=(About.MARKER,),
        ),
    ),
    CodeRow(Code.CHILD_3, "After three reports in ninety days a strategy meeting is asked for"),
    CodeRow(
        Code.LANG_1,
        "No unanswered victim-blaming phrase in the record",
        policy="The record says who or what puts the person at risk, and does not blame them for "
        "it.",
        guidance="As it is written: each phrase of the force's list is reworded, or kept with a "
        "reason. Quotations are left as they were said.",
    ),
    CodeRow(Code.REV_1, "An inspector reviews, and records the work still needed with deadlines"),
    CodeRow(Code.REV_2, "Long-term reviews, from twenty-eight days on"),
    CodeRow(Code.BIO_1, "DNA, fingerprints and dental records considered, items preserved"),
)
