"""The policy's principles against which a record is reviewed, in our own words."""

# From the force's policy statement v4.0 of 2022, "Policy Principles"; put as questions to a reader.
PRINCIPLES = {
    "protection": "Was a vulnerable adult or child protected from harm?",
    "family": "Were the family, or others who matter to the person, supported and kept told?",
    "risk": "Were the risks identified, with how likely and how bad the harm would be?",
    "grade": "Was the grade right for these circumstances, with a rationale of its own?",
    "strategy": "Was there a strategy written for this person, in proportion to the risk?",
    "tasking": "Was the strategy carried through by tasks that somebody was answerable for?",
    "recording": "Does the record show what was done, by whom, and why?",
    "partners": "Were partner agencies used, and people pointed to help?",
}
