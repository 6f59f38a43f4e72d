"""Invented data for the demo and the benchmarks; not installed in production."""
