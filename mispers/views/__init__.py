"""Pages about incidents."""
