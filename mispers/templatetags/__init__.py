"""Template tags about incidents."""
