"""One request as an endpoint sees it: who asks, when, for what, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from rest_framework.request import Request

from core import trail
from core.api import etags, headers
from core.api.problems import Problem
from core.models import Access


@dataclass
class Call:
    """What an endpoint's method gets instead of the bare request.

    data: the checked body. query: the checked filters, those not sent left out.
    """

    request: Request
    now: datetime
    query: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    version_was_asked: bool = False

    @property
    def by(self) -> Any:
        """The officer, or the client system where it reads without one: for scoped selectors."""
        return self.request.user

    @property
    def officer(self) -> Any:
        """The officer in whose name this is done. Raises a 403 problem where there is none."""
        if not isinstance(self.by, get_user_model()):
            raise Problem(
                HTTPStatus.FORBIDDEN,
                "officer_required",
                "This is done in an officer's name: send On-Behalf-Of with the officer's id.",
            )
        return self.by

    @property
    def client(self) -> str:
        """The name of the client system, or empty when an officer's browser asks."""
        return str(self.by.acting_through)

    @property
    def expected_version(self) -> int | None:
        """The version this change was made for; None if the client does not mind which."""
        self.version_was_asked = True
        return etags.expected_version(self.request)

    @property
    def reason(self) -> str:
        """Why the record is consulted, as the `Reason` header says; may be empty."""
        return headers.reason(self.request)

    def log_consultation(self, *streams: str) -> None:
        """Write down that these records were read (Data Protection Act 2018, s.62)."""
        self._log(Access.Kind.CONSULTATION, streams)

    def log_search(self, **detail: Any) -> None:
        """Write down a look-up of personal data and what was asked."""
        self._log(Access.Kind.SEARCH, [""], detail)

    def _log(
        self, kind: Access.Kind, streams: Sequence[str], detail: dict[str, Any] | None = None
    ) -> None:
        reason = self.reason
        if settings.MISPERS_REASON_MANDATORY and not reason:
            raise Problem(
                HTTPStatus.BAD_REQUEST,
                "reason_required",
                "Say in the Reason header why you consult the record.",
            )
        by = self.by if isinstance(self.by, get_user_model()) else None
        trail.log_accesses(
            kind,
            streams,
            by=by,
            now=self.now,
            reason=reason,
            client=self.client,
            detail=detail,
        )


@dataclass(frozen=True)
class Answer:
    """What a write answers when the object alone does not say it: another status, or a Location."""

    subject: Any
    status: int | None = None
    location: str | None = None
