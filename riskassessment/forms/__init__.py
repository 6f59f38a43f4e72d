"""The forms of grading, of its prompts, of endorsing and of keeping a phrase."""
