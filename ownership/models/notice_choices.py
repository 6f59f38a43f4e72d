"""How an officer wishes to be reached: what may wait for the morning, and on which devices."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from core.london import in_london, moment_at


class NoticeChoices(models.Model):
    """One officer's choices; without a row: by e-mail, at any hour.

    quiet_from and quiet_until are times of day in London, over midnight where from is the later.
    Both hold for low and medium risk alone, and quiet hours only while off duty.
    """

    officer = models.OneToOneField(
        "officers.Officer",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="notice_choices",
    )
    email = models.BooleanField(default=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)

    class Meta:
        # The table is older than the name; a release still running reads it.
        db_table = "ownership_reach"
        verbose_name = verbose_name_plural = "notice choices"
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | (
                    Q(quiet_from__isnull=False, quiet_until__isnull=False)
                    & ~Q(quiet_from=F("quiet_until"))
                ),
                name="reach_quiet_from_and_until",
            )
        ]

    def __str__(self) -> str:
        return f"notice choices of {self.officer_id}"

    def quiet_ends(self, now: datetime) -> datetime | None:
        """When the quiet hours in which `now` falls end (UTC), or None outside them."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        here = in_london(now)
        begins, ends = self.quiet_from, self.quiet_until
        over_midnight = begins > ends
        time = here.time()
        inside = (time >= begins or time < ends) if over_midnight else begins <= time < ends
        if not inside:
            return None
        day = here.date() if time < ends else here.date() + timedelta(days=1)
        return moment_at(day, ends)


class PushDevice(models.Model):
    """A browser that asked to be told by web push: where to send, and the keys to encrypt with.

    endpoint: an address of the browser maker's service. p256dh and auth: as the browser gave them
    (base64url). label: the browser and its system in words.
    """

    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.PROTECT, related_name="push_devices"
    )
    endpoint = models.CharField(max_length=500, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    label = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.label
