"""The standards evaluated here, in the protocol's order: what each asks, and who says so."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standard:
    """One standard of the protocol.

    policy: what the Authorised Professional Practice or the force's policy asks, in our own words;
    empty where it asks nothing. guidance: what this product adds, above all its figures, which a
    force may change.
    """

    code: str
    title: str
    policy: str
    guidance: str


STANDARDS = {
    standard.code: standard
    for standard in (
        Standard(
            "OWN-1",
            "A named owner at every instant since the report",
            "Each investigation has somebody who owns it: frontline officers for the first 48 "
            "hours of low and medium risk, the Safeguarding DI for high risk.",
            "Ownership moves only when the receiving officer accepts, so that nobody is ever "
            "between two owners.",
        ),
        Standard(
            "OWN-2",
            "A named inspector at every instant since the report",
            "Duty inspectors hand incidents on to the next duty inspector when the shift changes.",
            "An inspector answers for the incident by name at every instant, not only at the "
            "shift boundary.",
        ),
        Standard(
            "ACT-1",
            "Every action has a named responsible officer and a due time",
            "Tasks come from the strategy, and somebody answers for each of them.",
            "One officer by name, never a team; a reassignment keeps who was responsible before.",
        ),
        Standard(
            "ACT-2",
            "Every action ended with a result, or with an approved reason, by its due time",
            "The record shows what was done, by whom, and why something was not done.",
            "An inspector other than the proposer approves that an action is not pursued.",
        ),
        Standard(
            "INI-1",
            "First contact: recorded, risk-assessed, first steps agreed, time to review set",
            "Four things are done on every report: it is recorded, the risk is assessed, first "
            "steps are agreed, and a time to look at the decisions again is set.",
            "All four within one hour.",
        ),
        Standard(
            "RISK-1",
            "Graded, with likelihood, severity, sources and a bespoke rationale",
            "The risk is assessed from what is known and who supplied it, with reasons that are "
            "about this person.",
            "Within one hour, and again within the hour when an inspector returns it.",
        ),
        Standard(
            "RISK-3",
            "Endorsed by an inspector other than the assessor",
            "A supervisor looks at the assessment: at once when the risk is high.",
            "Within one hour for high, four for medium and eight for low.",
        ),
        Standard(
            "RISK-4",
            "Reviewed on time",
            "The risk is looked at again as things change, and at the time that was set.",
            "At least every four hours for high, twelve for medium and twenty-four for low.",
        ),
        Standard(
            "SEARCH-1",
            "Home, and place missing from, searched inside",
            "The home and the place that the person is missing from are searched, whoever says "
            "that it has been done.",
            "Inside, within four hours, or one for high risk. A knock or a look through a window "
            "is recorded as that, and does not count.",
        ),
        Standard(
            "CHILD-2",
            "A child's exploitation is investigated by an officer trained for it",
            "Police know which children are exploited, and the officers who look for them know "
            "of the investigation.",
            "For each marker of sexual or criminal exploitation or trafficking on somebody under "
            "18, or of an age that nobody knows: the investigation's reference, and an officer "
            "trained in child exploitation that day, within twenty-four hours.",
        ),
        Standard(
            "END-1",
            "Seen in person by a named officer, or death confirmed by the coroner",
            "A person who was missing is seen before they count as found.",
            "A telephone call, hearsay or “probably abroad” is never enough.",
        ),
        Standard(
            "END-4",
            "Closure authorised by an inspector who neither asked for it nor owns the incident",
            "A supervisor decides that an investigation ends.",
            "An inspector who did not ask for it and does not own the incident.",
        ),
    )
}
