"""How times, people and words are written on a page."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html

from core import clock as house_clock
from core.london import in_london
from core.text import counted

register = template.Library()

SOON = timedelta(hours=1)
FORTNIGHT = timedelta(days=14)


@register.filter
def when(moment: datetime | None) -> str:
    """Day, date and time in London: Sat 18 Jul 2026, 02:14."""
    return _time(moment, "%a {day} %b %Y, %H:%M")


@register.filter
def zoned(moment: datetime | None) -> str:
    """The same with its zone, where an hour may come twice: Sun 25 Oct 2026, 01:30 GMT."""
    return _time(moment, "%a {day} %b %Y, %H:%M %Z")


@register.filter
def day(moment: date | datetime | None) -> str:
    """The date: Sat 18 Jul 2026."""
    if moment is not None and not isinstance(moment, datetime):
        text = moment.strftime(f"%a {moment.day} %b %Y")
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), text)
    return _time(moment, "%a {day} %b %Y")


@register.filter
def short(moment: datetime | None) -> str:
    """The time and day where room is short: 02:14, 18 Jul."""
    return _time(moment, "%H:%M, {day} %b")


@register.filter
def clock(moment: datetime | None) -> str:
    """The time of day: 02:14."""
    return _time(moment, "%H:%M")


@register.filter
def exact_clock(moment: datetime | None) -> str:
    """The time of day to the second: 02:14:07."""
    return _time(moment, "%H:%M:%S")


@register.simple_tag(takes_context=True)
def since(context: Context, moment: datetime | None) -> str:
    """How long ago: 3 h 10 min ago. The exact moment is in the title."""
    if moment is None:
        return ""
    gone = _now(context) - moment
    words = "just now" if gone < timedelta(minutes=1) else f"{duration(gone)} ago"
    return _spoken(moment, words, "house-since")


@register.simple_tag(takes_context=True)
def due(context: Context, moment: datetime | None) -> str:
    """When something falls due: in 25 min, or overdue by 2 h."""
    if moment is None:
        return ""
    left = moment - _now(context)
    if left < timedelta(0):
        return _spoken(moment, f"overdue by {duration(-left)}", "house-due house-due--overdue")
    kind = " house-due--soon" if left <= SOON else ""
    words = "now" if left < timedelta(minutes=1) else f"in {duration(left)}"
    return _spoken(moment, words, f"house-due{kind}")


@register.simple_tag(takes_context=True)
def is_overdue(context: Context, moment: datetime | str | None) -> bool:
    """Whether a due time has passed: {% is_overdue x as late %}."""
    # A template gives an empty string where a step on the way to the time was None.
    return isinstance(moment, datetime) and moment < _now(context)


@register.simple_tag
def lasted(start: datetime, end: datetime) -> str:
    """The length of a period in words."""
    return duration(end - start)


def duration(length: timedelta) -> str:
    """A length of time in its two largest units: 3 h 10 min, 2 days 4 h, 45 min."""
    minutes = int(length.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if length >= FORTNIGHT:
        return f"{days} days"
    if days:
        return counted(days, "day") + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    return f"{max(minutes, 1)} min"


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and last parts of a name; a question mark when unknown."""
    parts = [part for part in str(name or "").split() if part[:1].isalpha()]
    if not parts:
        return "?"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


@register.filter
def paragraphs(text: str | None) -> str:
    """Free text as it was typed: escaped, with its line breaks."""
    return format_html('<div class="house-words">{}</div>', (text or "").strip())


@register.simple_tag
def officer(who: Any) -> str:
    """An officer's name and rank, or that there is none."""
    if who is None:
        return format_html('<span class="house-nobody">{}</span>', "Nobody")
    name = who.get_full_name() if hasattr(who, "get_full_name") else str(getattr(who, "name", who))
    label = getattr(who, "get_rank_display", None)
    rank = label() if callable(label) else getattr(who, "rank", "")
    return format_html('<span class="house-officer">{} {}</span>', rank, name)


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """What a page's title starts with when something on it must be put right."""
    shown = [context.get("form"), *(context.get("rows") or ())]
    wrong = any(getattr(each, "is_bound", False) and _has_errors(each) for each in shown if each)
    return "Error: " if wrong else ""


def _has_errors(form: Any) -> bool:
    errors = form.errors
    return any(errors) if isinstance(errors, list) else bool(errors)


def _now(context: Context) -> datetime:
    moment = context.get("now")
    return moment if isinstance(moment, datetime) else house_clock.now()


def _time(moment: datetime | None, pattern: str) -> str:
    if moment is None:
        return ""
    local = in_london(moment)
    text = local.strftime(pattern.replace("{day}", str(local.day)))
    return format_html('<time datetime="{}">{}</time>', _utc(moment), text)


def _spoken(moment: datetime, text: str, kind: str) -> str:
    local = in_london(moment)
    exact = local.strftime(f"%a {local.day} %b %Y, %H:%M")
    return format_html(
        '<time class="{}" datetime="{}" title="{}">{}</time>', kind, _utc(moment), exact, text
    )


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
