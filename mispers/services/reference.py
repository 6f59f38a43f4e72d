"""The protocol's versions from fixtures/protocol.toml, loaded once each and never changed after."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from mispers.errors import ProtocolChanged, ProtocolInThePast
from mispers.models import Protocol
from mispers.rules.protocol_versions import Version, in_file


def load_protocol(now: datetime) -> int:
    """Add the versions of fixtures/protocol.toml that are not in the database; says how many."""
    return load_versions(in_file(), now=now)


def load_versions(versions: Sequence[Version], *, now: datetime) -> int:
    """Add the versions that are not in the database yet; says how many.

    Raises Invalid where the file is wrong; Conflict where a version that is loaded reads otherwise
    in the file, or a new one would hold from a moment that has passed: records have been judged by
    what held then. The very first may reach back.
    """
    with transaction.atomic():
        loaded = {each.version: each for each in Protocol.objects.select_for_update()}
        new = [each for each in versions if each.figures.version not in loaded]
        for version in versions:
            if version not in new:
                _check_unchanged(loaded[version.figures.version], version)
        for version in new:
            if loaded:
                _check_still_to_come(version, now)
            _add(version)
    return len(new)


def _check_unchanged(loaded: Protocol, version: Version) -> None:
    """A figure that a later release has added is no change: the first version's amount holds."""
    says = asdict(version.figures)
    as_before = all(says.get(name, much) == much for name, much in loaded.figures.items())
    if not as_before or loaded.in_force_from != version.in_force_from:
        raise ProtocolChanged(
            f"Version {loaded.version} of the protocol is loaded, and fixtures/protocol.toml now "
            "says otherwise. Put back what it said, and add a version with the change."
        )


def _check_still_to_come(version: Version, now: datetime) -> None:
    if version.in_force_from <= now:
        name = version.figures.version
        raise ProtocolInThePast(
            f"Version {name} of the protocol would hold from a moment that has passed, and records "
            "have been judged by what held then. Give it one that is still to come."
        )


def _add(version: Version) -> None:
    figures = asdict(version.figures)
    Protocol.objects.create(
        version=figures.pop("version"),
        in_force_from=version.in_force_from,
        figures=figures,
        note=version.note,
    )
