"""The ladder of reminders: plain values in, answers out."""
