"""A rota and training as files: read from another system's, written for a calendar."""
