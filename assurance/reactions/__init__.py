"""What assurance does inside other apps' events."""
