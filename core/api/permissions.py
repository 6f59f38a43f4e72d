"""Who may use an endpoint at all: somebody signed in, with the scope, in an officer's name."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth import get_user_model
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from core.api.operation import Operation, operation_of
from core.api.problems import Problem


def scope_for(resource: str, operation: Operation) -> str:
    """The OAuth scope that an operation on a resource needs."""
    return f"{resource}:{'read' if operation.verb.is_read else 'write'}"


class SignedInWithScope(BasePermission):
    """Officers in a browser may use every endpoint; client systems what they have scopes for.

    What an officer may do there is decided by the services.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        """False when nobody is signed in (401); a Problem says what else is missing (403)."""
        if not signed_in(request):
            return False
        operation = operation_of(view, request.method)
        if operation is None:
            return True
        if request.auth is not None:
            _check_scope(request, scope_for(view.resource, operation))
        if operation.officer and not isinstance(request.user, get_user_model()):
            raise Problem(
                HTTPStatus.FORBIDDEN,
                "officer_required",
                "This is done in an officer's name: send On-Behalf-Of with the officer's id.",
            )
        return True


def signed_in(request: Request) -> bool:
    """Whether anybody is: nobody is None here, not an anonymous user (`UNAUTHENTICATED_USER`)."""
    return getattr(request, "user", None) is not None


def _check_scope(request: Request, scope: str) -> None:
    token: Any = request.auth
    if not token.allow_scopes([scope]):
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "scope_missing",
            f"This needs a token with the scope {scope}.",
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )
