"""The rules as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community_dashboard.moderation.shield.rules import LIMITS, LONGEST_LINE, MOST_LINES, Mode, Rules, Sign
from community_dashboard.moderation.shield.sentences import MEANINGS, MODES, NAMES

RULE = "rule_"  # begins the names of the rules' fields: some numbers have the names of signs


class LinesField(forms.CharField):
    """A text with one entry on each line; cleaned to a tuple without empty lines and doubles."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """Entries as lines."""
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """The entries. Too many, or one that is too long, is wrong."""
        text = super().clean(value)
        lines = tuple(
            dict.fromkeys(line for line in (" ".join(one.split()) for one in text.splitlines()) if line.strip("* "))
        )
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("At most %(most)s lines.") % {"most": MOST_LINES})
        if any(len(line) > LONGEST_LINE for line in lines):
            raise forms.ValidationError(_("At most %(most)s characters on a line.") % {"most": LONGEST_LINE})
        return lines


class RulesForm(forms.Form):
    """Everything that can be set. `rules` are what was sent, once it is valid."""

    limit = forms.IntegerField(
        label=_("Points from which a post is held"),
        help_text=_("At least two rules must see something, and one of them in the text itself."),
    )
    author_burst = forms.IntegerField(label=_("Many posts of one author: how many within the hour"))
    same_text = forms.IntegerField(label=_("The same text: in how many other threads within a day"))
    course_burst = forms.IntegerField(label=_("Under attack: how many posts held within the hour"))
    watched = LinesField(
        label=_("Watched words"),
        required=False,
        help_text=_(
            "One word or phrase on each line. Case and accents do not matter; a * at the end stands for any ending."
        ),
    )
    watched_mode = forms.ChoiceField(
        label=_("Posts with a watched word"),
        choices=[
            (Mode.FLAG.value, _("are shown to moderators")),
            (Mode.HOLD.value, _("are held, whatever else is in them")),
            (Mode.OFF.value, _("are left alone")),
        ],
    )
    names = LinesField(
        label=_("Names that nobody else shall look like"),
        required=False,
        help_text=_(
            "One full name on each line, for guests and teachers who do not write in the forum. Its moderators, and those of the "
            "team who write there, are known already."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name, (least, most) in LIMITS.items():
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label, help_text=self.fields[name].help_text, min_value=least, max_value=most
            )
        for sign in Sign:
            self.fields[_name(sign)] = forms.ChoiceField(
                label=NAMES[sign],
                help_text=MEANINGS[sign],
                choices=[(mode.value, said) for mode, said in MODES.items()],
            )

    @staticmethod
    def initial_of(rules: Rules, version: int) -> dict[str, Any]:
        """The rules as the form shows them."""
        shown: dict[str, Any] = {name: getattr(rules, name) for name in (*LIMITS, "watched", "names")}
        shown |= {"watched_mode": rules.watched_mode.value, "version": version}
        return shown | {_name(sign): rules.mode(sign).value for sign in Sign}

    @property
    def sign_fields(self) -> dict[Sign, Any]:
        """The bound fields of the rules, in their order."""
        return {sign: self[_name(sign)] for sign in Sign}

    @property
    def other_fields(self) -> list[Any]:
        """All others that are seen."""
        return [field for field in self.visible_fields() if not field.name.startswith(RULE)]

    @property
    def rules(self) -> Rules:
        """What was sent."""
        told = self.cleaned_data
        return Rules(
            modes={sign: Mode(told[_name(sign)]) for sign in Sign if told[_name(sign)] != Mode.HOLD},
            watched=told["watched"],
            watched_mode=Mode(told["watched_mode"]),
            names=told["names"],
            **{name: told[name] for name in LIMITS},
        )


def _name(sign: Sign) -> str:
    return f"{RULE}{sign.value}"
