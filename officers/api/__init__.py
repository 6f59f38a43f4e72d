"""Officers and client systems over REST."""
