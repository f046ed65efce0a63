"""What people type into the campus."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.utils.translation import gettext_lazy as _

from demo.campus import queries


class Described(forms.Form):
    """Binds each error and hint to its field for screen readers, as Django itself does from version 5 on."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def full_clean(self) -> None:
        """Django's, then the marks on the fields with errors."""
        super().full_clean()
        for name, field in self.fields.items():
            if name in self.errors:
                field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}


class RegistrationForm(Described):
    """A new account."""

    name = forms.CharField(label=_("Your name"), max_length=255, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))
    username = forms.CharField(
        label=_("Public username"),
        min_length=2,
        max_length=30,
        validators=[ASCIIUsernameValidator()],
        widget=forms.TextInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def clean_username(self) -> str:
        """Refuses a name that somebody has."""
        username = self.cleaned_data["username"]
        if queries.username_is_taken(username):
            raise forms.ValidationError(_("This username is taken. Please choose another one."))
        return username

    def clean_email(self) -> str:
        """Refuses an address that somebody has; addresses are kept in lower case."""
        email = self.cleaned_data["email"].lower()
        if queries.email_is_taken(email):
            raise forms.ValidationError(_("There is an account with this e-mail address already."))
        return email

    def clean_password(self) -> str:
        """Refuses what the site's rules call weak."""
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class SignInForm(Described):
    """Username or address, and password. After a valid form `user` is the person."""

    identifier = forms.CharField(
        label=_("Username or e-mail"), max_length=254, widget=forms.TextInput({"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    user: Any = None

    def clean(self) -> dict[str, Any]:
        """One sentence for everything that does not fit, so that nobody learns who has an account."""
        if not self.errors:
            known = queries.person_named(self.cleaned_data["identifier"])
            username = known.username if known else self.cleaned_data["identifier"]
            self.user = authenticate(username=username, password=self.cleaned_data["password"])
            if self.user is None:
                raise forms.ValidationError(_("Username and password do not fit together."))
        return self.cleaned_data


class IdentityForm(Described):
    """What the other service knows of a person. It asks for no password: it stands for one that knows its people."""

    name = forms.CharField(label=_("Your name"), max_length=255, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))


class EnrolSomebodyForm(Described):
    """Somebody whom the course team enrols."""

    identifier = forms.CharField(label=_("Username or e-mail"), max_length=254)
