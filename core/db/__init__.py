"""What the database itself is asked to hold: triggers, and statements over many rows."""
