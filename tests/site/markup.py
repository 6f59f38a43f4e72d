"""Reading a rendered page: its ids, its forms with what is in them, its error summary."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

CONTROLS = {"input", "textarea", "select", "button"}
UNTYPED = {"hidden", "submit", "button", "checkbox", "radio"}


@dataclass
class Control:
    """Something in a form that is sent: typed is whether a person writes into it."""

    name: str
    kind: str
    value: str = ""
    ticked: bool = False

    @property
    def typed(self) -> bool:
        return self.kind not in {*UNTYPED, "select"}


@dataclass
class Form:
    """A form with its controls in order."""

    method: str
    action: str
    controls: list[Control] = field(default_factory=list)

    def given(self) -> dict[str, list[str]]:
        """What a browser would send if nobody touched anything."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            is_off = control.kind in {"checkbox", "radio"} and not control.ticked
            if not is_off and control.kind not in {"submit", "button"}:
                sent.setdefault(control.name, []).append(control.value)
        return sent

    def values(self, name: str) -> list[str]:
        """What stands in the controls of this name."""
        return [control.value for control in self.controls if control.name == name]


class Page(HTMLParser):
    """A page of the site as a browser reads it, as far as tests ask; templates of rows are not."""

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.forms: list[Form] = []
        self.summary: list[str] = []
        self.inline: list[str] = []
        self._in_summary = 0
        self._text: Control | None = None
        self._select: Control | None = None
        self._script = False
        self._template = False
        self.feed(response.content.decode())

    def posts(self) -> list[Form]:
        """The forms that change something."""
        return [form for form in self.forms if form.method == "post"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._look_for_inline(tag, given)
        if "id" in given:
            self.ids.append(given["id"])
        if self._in_summary:
            self._in_summary += tag == "div"
            if tag == "a":
                self.summary.append(given.get("href", ""))
        elif "govuk-error-summary" in given.get("class", "").split():
            self._in_summary = 1
        if tag == "form":
            method = given.get("method", "get").lower()
            self.forms.append(Form(method, given.get("action", "")))
        elif tag == "template":
            self._template = True
        elif self.forms and not self._template and tag in CONTROLS:
            self._add_control(tag, given)
        elif tag == "option" and self._select is not None and "selected" in given:
            self._select.value = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if self._in_summary and tag == "div":
            self._in_summary -= 1
        if tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None
        elif tag == "script":
            self._script = False
        elif tag == "template":
            self._template = False

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            # HTML drops the line break with which a text area begins.
            self._text.value += data if self._text.value else data.removeprefix("\n")
        if self._script and data.strip():
            self.inline.append(f"<script> {data.strip()[:40]}")

    def _add_control(self, tag: str, given: dict[str, str]) -> None:
        if not given.get("name"):
            return
        kind = given.get("type", "text") if tag == "input" else tag
        control = Control(given["name"], kind, given.get("value", ""), "checked" in given)
        self.forms[-1].controls.append(control)
        if tag == "textarea":
            self._text = control
        elif tag == "select":
            self._select = control

    def _look_for_inline(self, tag: str, given: dict[str, str]) -> None:
        if tag == "style":
            self.inline.append("<style>")
        if tag == "script":
            self._script = "src" not in given
        for name, value in given.items():
            if name == "style" or name.startswith("on") or value.startswith("javascript:"):
                self.inline.append(f"<{tag} {name}={value[:40]}>")


def text_of(response: Any) -> str:
    """The page's words, without its markup."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(words.split())
