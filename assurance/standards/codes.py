"""The standards evaluated here, in the protocol's order and in plain words."""

STANDARDS = {
    "OWN-1": "A named owner at every instant since the report",
    "OWN-2": "A named inspector at every instant since the report",
    "ACT-1": "Every action has a named responsible officer and a due time",
    "ACT-2": "Every action ended with a result, or with an approved reason, by its due time",
    "INI-1": "First contact: recorded, risk-assessed, first steps agreed, time to review set",
    "RISK-1": "Graded, with likelihood, severity, sources and a bespoke rationale",
    "RISK-3": "Endorsed by an inspector other than the assessor",
    "RISK-4": "Reviewed on time",
    "SEARCH-1": "Home, and place missing from, searched inside",
    "END-1": "Seen in person by a named officer, or death confirmed by the coroner",
    "END-4": "Closure authorised by an inspector who neither asked for it nor owns the incident",
}
