"""How a form, a field and a widget become the design system's markup."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from core.forms.moments import Boxes

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    # Django derives its tick boxes from its radios, so they come first.
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.MultiWidget, "govuk-input"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.widgets.Input, "govuk-input"),
)


class HouseBoundField(BoundField):
    """A field on its form, with the ids and classes that the markup needs."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return built
        name = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
        wanted = [name, str(widget.attrs.get("class", ""))]
        if self.counts_characters:
            wanted.append("govuk-js-character-count")
        if self.errors and name in {"govuk-input", "govuk-textarea", "govuk-select"}:
            wanted.append(f"{name}--error")
        built["class"] = " ".join(part for part in wanted if part)
        return built

    @property
    def aria_describedby(self) -> str | None:
        """The ids of the hint, the error and the character count, in reading order."""
        ids = [self.hint_id] if self.help_text else []
        ids += [self.error_id] if self.errors else []
        ids += [f"{self.auto_id}-info"] if self.counts_characters else []
        return " ".join(ids) or None

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}_helptext"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}_error"

    @property
    def counts_characters(self) -> bool:
        """Whether the page tells how many characters are left."""
        if not getattr(self.field, "counted", True):
            return False
        return isinstance(self.field.widget, forms.Textarea) and bool(
            getattr(self.field, "max_length", None)
        )

    @property
    def focus_id(self) -> str:
        """The id of the control that a link in the error summary should focus."""
        widget = self.field.widget
        if isinstance(widget, Boxes):
            return f"{self.auto_id}_{self._wrong_part() or next(iter(widget.parts))}"
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return f"{self.auto_id}_0"
        return self.auto_id

    def _wrong_part(self) -> str:
        """Which of several boxes the first error is about, if it says."""
        for error in self.form.errors.as_data().get(self.name, []):
            part = (error.params or {}).get("part")
            if part:
                return str(part)
        return ""

    def value(self) -> Any:
        """What stands in the box: what was posted, else the draft's words, else the initial."""
        draft = getattr(self.form, "draft", None)
        if draft is None or self.form.is_bound:
            return super().value()
        widget = self.field.widget
        if isinstance(widget, (forms.CheckboxInput, forms.CheckboxSelectMultiple)):
            absent = self.html_name not in draft
        else:
            absent = widget.value_omitted_from_data(draft, {}, self.html_name)
        if absent:
            return super().value()
        typed = widget.value_from_datadict(draft, {}, self.html_name)
        return self.field.prepare_value(self.field.bound_data(typed, self.initial))


class HouseRenderer(TemplatesSetting):
    """The project's form renderer (settings: FORM_RENDERER)."""

    form_template_name = "core/forms/form.html"
    formset_template_name = "core/forms/repeated.html"
    field_template_name = "core/forms/field.html"
    bound_field_class = HouseBoundField
