"""Reads of chains, handovers and actions, within what the reader may see."""
