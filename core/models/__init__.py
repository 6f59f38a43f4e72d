"""The trail's tables and the API's idempotency keys."""

from core.models.access import Access
from core.models.event import Event
from core.models.idempotency import GivenAnswer
from core.models.seal import Seal
from core.models.stream import Stream

__all__ = ["Access", "Event", "GivenAnswer", "Seal", "Stream"]
