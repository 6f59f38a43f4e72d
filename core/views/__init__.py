"""Pages that belong to no app in particular."""
