"""The REST interface of assurance."""
