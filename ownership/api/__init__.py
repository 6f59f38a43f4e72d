"""Chains, handovers and actions over REST."""
