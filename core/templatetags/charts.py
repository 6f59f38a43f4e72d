"""Charts that are drawn by the server: they need no script, and fit a phone."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.loader import render_to_string

from core.rules.shares import Share

register = template.Library()


@register.simple_tag
def share_chart(bars: Iterable[Any], caption: str) -> str:
    """Bars from 0 to 100 per cent, each with its interval as a line across its end.

    A page that shows any says once what the line is.

    bars: each with a `label` and a `share`. What a bar shows is said in words beside it.
    """
    shown = [{"label": bar.label, **_drawn(bar.share)} for bar in bars]
    return render_to_string("components/share_chart.html", {"bars": shown, "caption": caption})


def _drawn(share: Share) -> dict[str, str]:
    """Places in per cent, written with a point whatever the language."""
    if share.value is None or share.low is None or share.high is None:
        return {"said": "no case"}
    value, low, high = (f"{100 * each:.1f}" for each in (share.value, share.low, share.high))
    said = f"{100 * share.value:.0f}% ({share.part} of {share.whole}; {100 * share.low:.0f} to "
    return {
        "value": value,
        "low": low,
        "high": high,
        "said": f"{said}{100 * share.high:.0f}%)",
    }
