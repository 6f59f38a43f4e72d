"""Forms that render themselves as the house's markup and put every complaint at its field."""

from core.forms.base import FilterForm, HouseForm
from core.forms.choices import (
    CheckboxesField,
    PickerField,
    RadioField,
    SelectField,
    TickField,
    YesNoField,
)
from core.forms.files import TableFileField
from core.forms.moments import DayField, DayLineField, MomentField
from core.forms.renderer import HouseBoundField, HouseRenderer
from core.forms.repeated import RepeatedForms, Rows
from core.forms.text import LongTextField, NumberField, PhoneField, PostcodeField, TextField

__all__ = [
    "CheckboxesField",
    "DayField",
    "DayLineField",
    "FilterForm",
    "HouseBoundField",
    "HouseForm",
    "HouseRenderer",
    "LongTextField",
    "MomentField",
    "NumberField",
    "PhoneField",
    "PickerField",
    "PostcodeField",
    "RadioField",
    "RepeatedForms",
    "Rows",
    "SelectField",
    "TableFileField",
    "TextField",
    "TickField",
    "YesNoField",
]
