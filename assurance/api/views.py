"""The REST endpoints of standards, dip samples and disclosure packs."""

from collections.abc import Sequence

from django.db.models import QuerySet
from rest_framework import serializers

from assurance.api.representations import (
    DisclosureIn,
    DisclosureOut,
    SampleDetailOut,
    SampleOut,
    StandardCountOut,
    StandardOut,
)
from assurance.models import DipSample, Disclosure
from assurance.pack.redact import Redaction
from assurance.permissions import check_reader_may
from assurance.selectors.disclosures import disclosures_of
from assurance.selectors.samples import get_sample, samples_visible_to
from assurance.selectors.standards import Tally, counts
from assurance.services.disclosure import disclose
from assurance.standards.evaluate import Verdict, evaluate
from core.api.endpoint import Call, Endpoint, lists, sends, shows
from core.api.fields import Moment
from core.api.operation import Attachment
from mispers.models import Incident
from mispers.rules.codes import STANDARDS
from mispers.selectors.incidents import get_incident
from officers.api.fields import BcuCode
from officers.rules.permitted import Permission


class IncidentStandards(Endpoint):
    """Every standard on one record, judged as it is asked."""

    resource = "standards"

    @lists(StandardOut)
    def get(self, call: Call, reference: str) -> Sequence[Verdict]:
        """In the protocol's order."""
        return evaluate(_consulted(call, reference), call.now)


class StandardCounts(Endpoint):
    """How many records stand how on each standard, per BCU."""

    resource = "standards"

    @lists(
        StandardCountOut,
        filters={
            "bcu": BcuCode(help_text="Of this BCU."),
            "code": serializers.ChoiceField(
                choices=[str(code) for code in STANDARDS], help_text="On this standard."
            ),
            "from": Moment(help_text="Of reports recorded from then."),
            "to": Moment(help_text="Of reports recorded before then."),
        },
    )
    def get(self, call: Call) -> Sequence[Tally]:
        """By BCU, then in the protocol's order."""
        check_reader_may(call.by, Permission.SEE_STANDARDS, call.now)
        asked = dict(call.query)
        return counts(
            call.by, call.now, start=asked.pop("from", None), end=asked.pop("to", None), **asked
        )


class Samples(Endpoint):
    """Dip samples."""

    resource = "samples"

    @lists(SampleOut)
    def get(self, call: Call) -> QuerySet[DipSample]:
        """Newest first."""
        check_reader_may(call.by, Permission.DIP_SAMPLE, call.now)
        return samples_visible_to(call.by)


class SampleDetail(Endpoint):
    """One dip sample with its records, reviews and findings."""

    resource = "samples"

    @shows(SampleDetailOut)
    def get(self, call: Call, reference: str) -> DipSample:
        sample = get_sample(call.by, reference)
        check_reader_may(call.by, Permission.DIP_SAMPLE, call.now)
        call.log_consultation(sample.reference)
        return sample


class Disclosures(Endpoint):
    """The disclosure packs of one incident."""

    resource = "disclosure"

    @lists(DisclosureOut)
    def get(self, call: Call, reference: str) -> QuerySet[Disclosure]:
        """Newest first."""
        incident = get_incident(call.by, reference)
        check_reader_may(call.by, Permission.DISCLOSE, call.now)
        call.log_consultation(reference)
        return disclosures_of(incident)

    @sends(DisclosureIn, media_type="application/zip")
    def post(self, call: Call, reference: str) -> Attachment:
        """Make a pack and download it: a zip of the record, its trail and a program to check it."""
        redactions = [Redaction(**each) for each in call.data.pop("redactions")]
        pack = disclose(
            reference=reference, by=call.officer, now=call.now, redactions=redactions, **call.data
        )
        return Attachment(bytes(pack.content), pack.filename)


def _consulted(call: Call, reference: str) -> Incident:
    incident = get_incident(call.by, reference)
    call.log_consultation(reference)
    return incident
