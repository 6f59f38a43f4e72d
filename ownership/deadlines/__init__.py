"""What falls due and when: opened and met by events of the trail, reminded by rungs."""
