"""Reads of assurance, within what the reader may see."""
