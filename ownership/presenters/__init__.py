"""Chains as sentences that can be read out, and as a chart over time."""
