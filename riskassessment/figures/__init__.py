"""Figures of grading, by BCU and period: what was graded how, how fast, and what came of it.

They are of the reports recorded in a period and of all that came of them. They count records, never
officers. Each share comes with its interval, because a few cases prove little.
"""
