"""Reads of officers and of the rota, one subject a file."""
