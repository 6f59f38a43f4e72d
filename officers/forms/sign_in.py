"""The way in."""

from django import forms

from core.forms import HouseForm, TextField


class SignInForm(HouseForm):
    """User name and password."""

    username = TextField(label="User name", width="20", autocomplete="username", max_length=40)
    password = TextField(
        label="Password",
        width="20",
        autocomplete="current-password",
        widget=forms.PasswordInput,
        max_length=500,
        strip=False,
    )
