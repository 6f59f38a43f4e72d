"""The first hour, and the risk: graded, endorsed, looked at again."""

from mispers.rules.codes.code import Code
from mispers.rules.codes.row import About, CodeRow, Due, DueFrom, Override, Place

_RISK = Place("incident-risk")

ROWS = (
    CodeRow(
        Code.INI_1,
        "First contact: recorded, risk-assessed, first steps agreed, time to review set",
        policy="Four things are done on every report: it is recorded, the risk is assessed, first "
        "steps are agreed, and a time to look at the decisions again is set.",
        guidance="All four within one hour.",
        due=Due(
            "Assess the risk and set a first action or strategy", DueFrom.OWNER, Place("incident")
        ),
        # An inspectorate found a child graded medium for whom nothing had been done in eight hours.
        climbs_as_high=True,
    ),
    CodeRow(
        Code.RISK_1,
        "Graded, with likelihood, severity, sources and a bespoke rationale",
        policy="The risk is assessed from what is known and who supplied it, with reasons that are "
        "about this person.",
        guidance="Within one hour, and again within the hour when an inspector returns it.",
        due=Due("Assess the risk", DueFrom.OWNER, _RISK),
        barrier=Override.WHO_AUTHORISES,
    ),
    CodeRow(
        Code.RISK_2,
        "Assessor and endorser in-date trained",
        policy="Whoever assesses and whoever supervises an assessment are trained for it.",
        guidance="By the training record of that day. Whoever is there grades all the same; where "
        "their training is not in date, only an inspector whose training is may endorse, and the "
        "record says so.",
    ),
    CodeRow(
        Code.RISK_3,
        "Endorsed by an inspector other than the assessor",
        policy="A supervisor looks at the assessment: at once when the risk is high.",
        guidance="Within one hour for high, four for medium and eight for low.",
        due=Due(
            "Endorse or return the risk assessment",
            DueFrom.INSPECTOR,
            _RISK,
            about=(About.ASSESSMENT,),
        ),
        barrier=Override.WHO_AUTHORISES,
    ),
    CodeRow(
        Code.RISK_4,
        "Reviewed on time",
        policy="The risk is looked at again as things change, and at the time that was set.",
        guidance="At least every four hours for high, twelve for medium and twenty-four for low.",
        due=Due("Review the risk", DueFrom.OWNER, _RISK, about=(About.ASSESSMENT,)),
        ended_by_being_seen=True,
    ),
    CodeRow(
        Code.RISK_5,
        "Earlier incidents and markers considered by name",
        policy="What is known from earlier reports, and of exploitation and harm, is looked at "
        "when the risk is assessed.",
        guidance="In words, in each assessment: where they were each time, and what each marker "
        "means now. Not known, not asked and no answer are shown as that, and do not count.",
    ),
)
