"""Who is asking, when a proxy asks for them."""

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address as our own proxy saw it.

    The proxy appends the address it saw, so the last one is true and any before it may be made up.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    address: str = forwarded.rsplit(",", 1)[-1].strip() or request.META["REMOTE_ADDR"]
    return address
