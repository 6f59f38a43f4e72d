"""The user model: an officer."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from officers.rules.roles import FORCE_WIDE, INSPECTING_RANKS, Rank, Role


class OfficerManager(BaseUserManager["Officer"]):
    """Creates officers with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Officer":
        """Make an officer; without a password nobody can sign in as them."""
        officer = self.model(username=username, **fields)
        officer.set_password(password)
        officer.full_clean(exclude=["password"])
        officer.save(using=self._db)
        return officer


class Officer(AbstractBaseUser):
    """A police officer or member of police staff.

    role is the posting; the rota may give a further role for a shift (`officers.selectors.duty`).
    Nobody is a superuser: the record's promises hold for administrators too.
    """

    username = models.CharField(max_length=40, unique=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    rank = models.CharField(max_length=8, choices=Rank)
    number = models.CharField("collar number", max_length=16, blank=True)
    role = models.CharField(max_length=24, choices=Role)
    bcu = models.ForeignKey("officers.BCU", on_delete=models.PROTECT, related_name="officers")
    team = models.ForeignKey(
        "officers.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="officers"
    )
    email = models.EmailField()
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    objects = OfficerManager()

    # The client system through which this officer acts in the present request, if any.
    # Set by the API's authentication, written into the trail, never stored.
    acting_through: str = ""
    # The BCUs which that system sees, where it does not see them all: it widens nobody's view.
    seen_through: Collection[str] | None = None
    # The BCUs they are on duty in besides their own; read where a request begins, never stored
    # (see `officers.selectors.duty.read_duty`).
    covering: Collection[str] = ()
    # What the rota says at this moment; set for the head of a page, never stored.
    role_label: str = ""
    on_duty: bool | None = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="officer_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(rank__in=Rank.values), name="officer_rank_known"
            ),
        ]
        indexes = [models.Index(fields=["bcu", "role"], name="officer_bcu_role")]

    def __str__(self) -> str:
        return f"{self.get_rank_display()} {self.get_full_name()}"

    def get_full_name(self) -> str:
        """Given and family name, as on the trail."""
        return f"{self.given_name} {self.family_name}"

    @property
    def is_inspecting(self) -> bool:
        """Whether the rank is inspector or above."""
        return self.rank in INSPECTING_RANKS

    def bcus_seen(self) -> Collection[str] | None:
        """The BCU codes whose records this officer sees, or None for the whole force.

        Their own, and for the length of a shift that of a BCU they cover. Through a client
        system: what both see.
        """
        if self.role in FORCE_WIDE:
            return self.seen_through
        seen = (self.bcu_id, *self.covering)
        if self.seen_through is None:
            return seen
        return tuple(code for code in seen if code in self.seen_through)
