"""The house's components: each tag renders one file of templates/components/."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string

from core.pages.kept_posts import TYPED_BY
from core.registries.typing_help import help_for

register = template.Library()

KINDS = {"neutral", "info", "good", "warn", "bad"}


def component(name: str, /, **context: Any) -> str:
    """Render templates/components/<name>.html with exactly this context."""
    return render_to_string(f"components/{name}.html", context)


@register.simple_block_tag(takes_context=True)
def post_form(
    context: Context,
    content: str,
    form: Any = None,
    action: str = "",
    autosave: str = "",
    id: str = "",
    css: str = "",
) -> str:
    """A form that posts: with its token, hidden fields, and the name of who is typing."""
    user: Any = getattr(context.get("request"), "user", None)
    username = user.get_username() if user is not None and user.is_authenticated else ""
    return component(
        "post_form",
        content=content,
        form=form,
        action=action,
        autosave=autosave,
        id=id,
        css=css,
        csrf_token=context.get("csrf_token"),
        typed_by_name=TYPED_BY,
        typed_by=username,
        writing=help_for(context) if username else None,
    )


@register.simple_tag
def error_summary(*forms: Any) -> str:
    """What must be put right, each line a link to its field; nothing when all is well."""
    errors: list[dict[str, str]] = []
    for given in forms:
        for form in given if isinstance(given, (list, tuple)) else [given]:
            if form:
                errors += _errors_of_rows(form) if hasattr(form, "forms") else _errors_of(form)
    return component("error_summary", errors=errors) if errors else ""


def _errors_of(form: Any, where: str = "") -> list[dict[str, str]]:
    """The form's own errors first, then each field's in the order of the page."""
    if not form.is_bound:
        return []
    lines = [{"text": message, "href": ""} for message in form.non_field_errors()]
    for field in form:
        href = "" if field.is_hidden else f"#{getattr(field, 'focus_id', field.auto_id)}"
        lines += [{"text": f"{where}{message}", "href": href} for message in field.errors]
    return lines


def _errors_of_rows(rows: Any) -> list[dict[str, str]]:
    if not rows.is_bound:
        return []
    lines = [{"text": str(message), "href": ""} for message in rows.non_form_errors()]
    for number, form in enumerate(rows.forms, start=1):
        lines += _errors_of(form, where=f"{rows.name_of(number)}: ")
    return lines


@register.simple_tag
def button(
    text: str, href: str = "", kind: str = "", name: str = "", value: str = "", id: str = ""
) -> str:
    """A button, or a link that looks like one. kind: secondary, warning or link."""
    return component("button", text=text, href=href, kind=kind, name=name, value=value, id=id)


@register.simple_tag
def tag(text: str, kind: str = "neutral") -> str:
    """A short label; its words carry the meaning and its colour repeats it."""
    if kind not in KINDS:
        raise template.TemplateSyntaxError(f"There is no tag of kind {kind}.")
    return component("tag", text=text, kind=kind)


@register.simple_block_tag
def summary_list(content: str, wide: bool = True) -> str:
    """Names and values; write each with {% row %}."""
    return component("summary_list", content=content, wide=wide)


@register.simple_block_tag
def row(content: str, key: str, change: str = "", change_text: str = "Change") -> str:
    """One line of a summary list."""
    return component("row", content=content, key=key, change=change, change_text=change_text)


@register.simple_block_tag
def scroll(content: str, label: str) -> str:
    """A region that scrolls sideways by itself and can be reached by keyboard."""
    return component("scroll", content=content, label=label)


@register.simple_block_tag
def timeline(content: str) -> str:
    """Moments in order; write each with {% moment %}."""
    return component("timeline", content=content)


@register.simple_block_tag
def moment(
    content: str,
    title: str,
    by: Any = "",
    at: Any = None,
    kind: str = "",
    id: str = "",
    level: int = 2,
) -> str:
    """One entry of a timeline. level: of its heading, one below the heading above the timeline."""
    shown = {"title": title, "by": by, "at": at, "kind": kind, "id": id, "level": level}
    return component("moment", content=content, **shown)


@register.simple_block_tag
def warning(content: str) -> str:
    """Something that must not be overlooked."""
    return component("warning", content=content)


@register.simple_block_tag
def inset(content: str) -> str:
    """Words set apart from the rest."""
    return component("inset", content=content)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> str:
    """More for those who want it."""
    return component("details", content=content, summary=summary, open=open)


@register.simple_block_tag
def policy(content: str) -> str:
    """What the Authorised Professional Practice asks, in our own words, labelled as policy."""
    return component("label_block", content=content, label="Policy (APP)", kind="policy")


@register.simple_block_tag
def guidance(content: str) -> str:
    """What this product suggests, labelled as guidance, so that nobody takes it for policy."""
    return component("label_block", content=content, label="Guidance", kind="guidance")


@register.simple_block_tag
def nothing_here(content: str, title: str) -> str:
    """What stands where a list is empty: what that means and what to do next."""
    return component("nothing_here", content=content, title=title)


@register.simple_block_tag(takes_context=True)
def live(
    context: Context, content: str, id: str, every: int = 20, push: str = "", etag: str = ""
) -> str:
    """A region that asks for itself again every so many seconds.

    push: the address of a stream of changes, for a page that should know at once.
    etag: of the state that it shows now, where answers have one, so that this is not sent twice.
    """
    request = context.get("request")
    path = request.get_full_path() if request else ""
    shown = {"id": id, "every": every, "path": path, "push": push, "etag": etag}
    return component("live", content=content, now=context.get("now"), **shown)


@register.simple_block_tag
def help_as_typed(content: str, id: str, url: str, fields: str) -> str:
    """A region that answers while the named fields are typed; `content` is there before."""
    return component("help_as_typed", content=content, id=id, url=url, fields=fields)
