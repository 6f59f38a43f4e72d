"""The REST endpoint by which anybody learns whether a person is missing."""

from core.api.endpoint import Call, Endpoint, lists
from core.api.fields import BirthDate, Line
from mispers.api.intake_shapes import PersonFoundOut
from mispers.selectors.people import Found, look_up


class People(Endpoint):
    """People who have been reported missing, by name."""

    resource = "people"

    @lists(
        PersonFoundOut,
        filters={
            "name": Line(max_length=160, help_text="Given and family name, or one of them."),
            "date_of_birth": BirthDate(help_text="Such as 2009-05-01."),
        },
    )
    def get(self, call: Call) -> list[Found]:
        """The best matches, those missing now first; for an officer, in every BCU. Logged."""
        name, born = call.query.get("name", ""), call.query.get("date_of_birth")
        found = look_up(call.by, name=name, date_of_birth=born, now=call.now)
        call.log_search(
            name=name,
            date_of_birth=born.isoformat() if born else None,
            found=[each.match.person.pk for each in found],
        )
        return found
