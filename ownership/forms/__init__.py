"""The forms of handing over, of actions, and of asking who answered."""
