"""The incident: person, report, stages and barriers, what was done, closure, reopening."""
