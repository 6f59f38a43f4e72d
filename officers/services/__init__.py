"""Changes to who is on duty."""
