"""Pages that several apps share, and what was typed into them and is not lost."""
