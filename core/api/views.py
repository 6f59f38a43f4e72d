"""What the API answers where there is no endpoint."""

from typing import Any

from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView


class UnknownAddress(APIView):
    """Any address below /api/ that is not an endpoint: a problem, not a page."""

    authentication_classes = []
    permission_classes = []
    throttle_classes = []
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound("There is nothing at this address.")


class Schema(SpectacularAPIView):
    """The OpenAPI 3.1 description."""

    renderer_classes = [OpenApiJsonRenderer]
    schema = None


class Docs(SpectacularSwaggerSplitView):
    """The description to browse, from this machine's own files."""

    template_name = "core/api_docs.html"
    url_name = "api-schema"
    schema = None
