"""What the pages and endpoints cost over many invented incidents, and what the trail's check does.

`script/bench` gives it a database of its own. It prints figures and passes no verdict.
"""
