"""What this app does inside other apps' events, one file a subject."""
