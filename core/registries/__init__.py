"""What apps add to the house from their wiring: menu, reference data, help with words."""
