"""Assurance: standards on every record, dip samples, disclosure packs."""
