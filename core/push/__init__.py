"""Telling open pages at once that something has changed (docs/adr/0021)."""
