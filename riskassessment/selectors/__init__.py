"""Reads of assessments and of what the force holds, one subject a file."""
