"""Pages about officers."""
