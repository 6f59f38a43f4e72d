"""Reads of incidents and of people, within what the reader may see; one subject a file."""
