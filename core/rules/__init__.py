"""Pure answers that belong to no app in particular."""
