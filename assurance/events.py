"""The kinds of event this app puts on the trail."""

from core.trail import kind

SAMPLE_DRAWN = kind("sample.drawn", "Dip sample drawn")
SAMPLED = kind("sample.incident_drawn", "Drawn into a dip sample")
REVIEWED = kind("sample.reviewed", "Reviewed in a dip sample")
FOUND = kind("sample.finding", "Finding made into an action")
DISCLOSED = kind("disclosure.made", "Disclosure pack made")
