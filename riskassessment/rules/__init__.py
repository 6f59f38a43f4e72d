"""The grades and what bears on whom: plain values in, answers out."""
