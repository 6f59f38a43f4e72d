"""The forms of assurance; fields are named as the services' arguments."""
