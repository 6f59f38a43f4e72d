"""Files that come in and go out: tables as CSV."""
