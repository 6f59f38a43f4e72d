"""Risk assessments over REST."""
