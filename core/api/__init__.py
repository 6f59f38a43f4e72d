"""What every REST endpoint stands on: one way to read, to write, to page, to fail and to be described."""
