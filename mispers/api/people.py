"""The REST endpoint by which anybody learns whether a person is missing."""

from rest_framework import serializers

from core import checks
from core.api.endpoint import Call, Endpoint, lists
from core.api.fields import BirthDate, Line
from mispers.api.intake_shapes import PersonFoundOut
from mispers.selectors.people import Found, look_up
from mispers.selectors.same_person import Wanted
from mispers.services.lookups import asked_in_words


class People(Endpoint):
    """People who have been reported missing, by name."""

    resource = "people"

    @lists(
        PersonFoundOut,
        filters={
            "name": Line(max_length=160, help_text="Any part of the name, in any order."),
            "date_of_birth": BirthDate(help_text="Such as 2009-05-01."),
            "year_of_birth": serializers.IntegerField(
                min_value=checks.EARLIEST.year,
                max_value=9999,
                help_text="Where the date is not known.",
            ),
        },
    )
    def get(self, call: Call) -> list[Found]:
        """The best matches, those missing now first; for an officer, in every BCU. Logged.

        An empty list says that no report matches. It never says that somebody is not missing.
        """
        wanted = Wanted(
            call.query.get("name", ""),
            date_of_birth=call.query.get("date_of_birth"),
            year_of_birth=call.query.get("year_of_birth"),
        )
        found = look_up(call.by, wanted, now=call.now)
        people = [each.match.person.pk for each in found]
        call.log_search(**asked_in_words(wanted), found=people)
        return found
