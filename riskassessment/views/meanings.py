"""What the grades mean, and what they meant on any day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from core.london import day_of, last_moment_of
from mispers.forms.on_day import OnDayForm
from riskassessment.presenters.risk_matrix import matrix_of
from riskassessment.rules.examples import days_of_change, examples_in_force
from riskassessment.rules.grades import Grade
from riskassessment.selectors.assessments import definitions_in_force, every_definition_day


@require_GET
def meanings(request: HttpRequest) -> HttpResponse:
    """Definitions, the matrix and examples as they stood at the end of a day, or now."""
    now = clock.now()
    form = OnDayForm(request.GET)
    day = form.wanted.get("on") or day_of(now)
    at = last_moment_of(day, now)
    examples = examples_in_force(at)
    definitions = definitions_in_force(at)
    changes = {day_of(each) for each in (*every_definition_day(), *days_of_change())}
    return render(
        request,
        "riskassessment/meanings.html",
        {
            "form": form,
            "day": day,
            "changes": sorted(changes, reverse=True),
            "matrix": matrix_of("", "", "", at),
            "grades": [
                {
                    "grade": grade,
                    "definitions": definitions[grade],
                    "examples": [each for each in examples if each.grade == grade],
                }
                for grade in reversed(Grade)
            ],
        },
    )
