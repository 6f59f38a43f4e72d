"""Words that blame the person who is missing: found, answered, never rewritten (LANG-1)."""
