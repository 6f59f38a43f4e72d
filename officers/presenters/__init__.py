"""What every page says about who is signed in."""
