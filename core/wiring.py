"""Everything that core registers elsewhere."""

from core import trail
from core.push import channel
from core.trail import Reaction

REACTIONS = (Reaction(trail.EVERY, channel.tell_of),)


def wire() -> None:
    """Called once, when the site starts."""
    trail.react(*REACTIONS)
