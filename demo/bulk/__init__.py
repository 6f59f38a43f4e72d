"""Thousands of invented incidents written in bulk, with the trail the services would have left."""
