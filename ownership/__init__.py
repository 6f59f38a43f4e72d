"""Who answers for what: the two chains, handovers, actions, deadlines, reminders and escalation."""
