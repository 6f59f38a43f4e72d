"""Client systems: another computer that reads or writes through the REST interface."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from oauth2_provider.models import AbstractApplication

from officers.models.officer import Officer


class Client(AbstractApplication):
    """A registered client system (OAuth 2.0 client credentials, secret hashed).

    name: how the trail and the access log call it. scopes: the most it may ask for.
    bcus: whose records it sees; force_wide widens that to every BCU.
    acts_for_officers: whether its `On-Behalf-Of` header is believed.
    requests_per_minute: its own rate limit; empty for everybody's.
    """

    name = models.CharField(max_length=100, unique=True)
    scopes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    bcus = models.ManyToManyField("officers.BCU", related_name="clients", blank=True)
    force_wide = models.BooleanField(default=False)
    acts_for_officers = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    requests_per_minute = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)]
    )

    # The library's field for who registered it; nobody here owns a client.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # What the library leaves open and we do not: no other grant, no public client, no plain secret.
    client_type = models.CharField(
        max_length=32,
        choices=AbstractApplication.CLIENT_TYPES,
        default=AbstractApplication.CLIENT_CONFIDENTIAL,
        editable=False,
    )
    authorization_grant_type = models.CharField(
        max_length=44,
        choices=AbstractApplication.GRANT_TYPES,
        default=AbstractApplication.GRANT_CLIENT_CREDENTIALS,
        editable=False,
    )

    objects: ClassVar[models.Manager["Client"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(client_type="confidential", hash_client_secret=True)
                & Q(authorization_grant_type="client-credentials"),
                name="client_credentials_only",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_usable(self, request: Any) -> bool:
        """Whether it may have or use a token; asked by the OAuth library at both."""
        return self.is_active

    def bcus_seen(self) -> Collection[str] | None:
        """The BCU codes whose records this client sees, or None for the whole force."""
        if self.force_wide:
            return None
        return tuple(self.bcus.order_by("pk").values_list("pk", flat=True))

    def officer_acted_for(self, officer_id: str) -> Officer | None:
        """The active officer with this id in a BCU the client sees, marked as acting through it."""
        if not officer_id.isascii() or not officer_id.isdigit():
            return None
        officer = Officer.objects.filter(pk=int(officer_id), is_active=True).first()
        seen = self.bcus_seen()
        if officer is None or (seen is not None and officer.bcu_id not in seen):
            return None
        officer.acting_through = self.name
        officer.seen_through = seen
        return officer
