"""The pages of grading."""
