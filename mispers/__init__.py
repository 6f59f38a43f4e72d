"""The incident: person, report, stages and barriers, what was done and found, closure, reopening."""
