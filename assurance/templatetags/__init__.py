"""Tags for the templates of assurance."""
