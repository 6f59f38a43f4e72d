"""The pages of who answers for what."""
