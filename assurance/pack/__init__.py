"""The disclosure pack: everything on one incident, to be read and checked without us."""
