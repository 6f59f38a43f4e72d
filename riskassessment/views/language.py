"""Help with words as they are typed, in every form of the site."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse, QueryDict
from django.views.decorators.http import require_POST

from core import clock
from core.errors import NotVisible
from core.forms.drafts import as_posted
from core.london import day_of
from mispers.forms.report import WhoForm
from mispers.models import Person
from mispers.rules.ages import may_be_childs
from mispers.selectors.drafts import own_draft
from mispers.selectors.incidents import get_incident
from officers.models import Officer
from officers.presenters.every_page import signed_in
from riskassessment.language.typed import found_in


@require_POST
def as_typed(request: HttpRequest) -> JsonResponse:
    """The phrases in each field that was sent; nothing is stored.

    Asked for by POST, so that what is typed stands in no address and no log.
    """
    is_child = _may_be_child(request.GET, signed_in(request))
    return JsonResponse({"fields": found_in(request.POST, is_child=is_child)})


def _may_be_child(about: QueryDict, officer: Officer) -> bool:
    """Of the incident or the unfinished report that the page is about; else nobody knows."""
    if reference := about.get("incident"):
        return get_incident(officer, reference).may_be_child
    if pk := about.get("draft"):
        try:
            draft = own_draft(officer, pk)  # type: ignore[arg-type]  # checked by the field
        except ValidationError:
            raise NotVisible from None
        who = WhoForm(as_posted(draft.data))
        who.is_valid()
        born, estimate = (who.cleaned_data.get(each) for each in ("date_of_birth", "age_estimate"))
        person = Person(date_of_birth=born, age_estimate=estimate)
        return may_be_childs(person.age_on(day_of(clock.now())))
    return True
