"""What every REST endpoint stands on: one way to read, write, page, fail and be described."""
