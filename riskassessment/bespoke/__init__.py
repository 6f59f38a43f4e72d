"""Whether a rationale was written for this person: what it repeats, and what says nothing."""
