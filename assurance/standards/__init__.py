"""The protocol's standards, evaluated on every record."""
