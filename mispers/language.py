"""Words in what was written that somebody should think over, found by an app above this one."""

from collections.abc import Callable, Mapping, Sequence

from mispers.models import Incident

Finder = Callable[[Incident, Mapping[str, str]], Sequence[Mapping[str, str]]]

_finders: list[Finder] = []


def register_finders(*finders: Finder) -> None:
    """Ask these of every text that is answered over REST when it is written."""
    _finders.extend(finders)


def words_in(incident: Incident, texts: Mapping[str, str]) -> list[dict[str, str]]:
    """`field`, `phrase` and `prefer` of each phrase found; the texts are by field name."""
    return [dict(word) for finder in _finders for word in finder(incident, texts)]
