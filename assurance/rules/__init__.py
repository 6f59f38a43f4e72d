"""The principles a record is reviewed against."""
