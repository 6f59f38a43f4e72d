"""Grading: definitions by date, assessments with their reasons, endorsement, the words used."""
