"""What reactions to an incident's events are given to read."""
