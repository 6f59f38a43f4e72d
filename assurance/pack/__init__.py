"""The disclosure pack: everything on one incident, readable, machine-readable, and checkable without us."""
