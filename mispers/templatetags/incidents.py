"""Tags for the pages of an incident."""

from typing import Any

from django import template
from django.template.context import Context

from mispers.rules.markers import label_of

register = template.Library()


@register.simple_tag(takes_context=True)
def show_panel(context: Context, panel: dict[str, Any]) -> str:
    """A panel that another app registered: its template with its own context over the page's."""
    found = context.template.engine.get_template(panel["template"])  # type: ignore[union-attr]
    with context.push(**panel["context"]):
        return found.render(context)


@register.filter
def marker_label(code: str) -> str:
    """A marker's code as a reader sees it."""
    return label_of(code)
