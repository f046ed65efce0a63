"""The forms of the rewards pages: which rewards are listed, what is decided about one, and the milestones of a course."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from referral_xblock.api import (
    FRIEND_STAGES,
    MILESTONE_COUNTS,
    MILESTONE_LONGEST,
    MOST_NUMBER,
    STAGE_WEIGHTS,
    Policy,
    check_one,
    check_weights,
    goal_words,
)

STATES = (
    ("", _("Any state")),
    ("waiting", _("Waiting")),
    ("granted", _("Granted")),
    ("revoked", _("Taken back")),
)
SIDES = (("", _("Both")), ("inviter", _("Inviters")), ("friend", _("Invited friends")))
COUNTED = {
    "enrolled": _("friends enrolled"),
    "active": _("friends who completed a first activity"),
    "completed": _("friends who completed the course"),
    "points": _("points"),
}
STAGES = {
    "enrolled": _("has enrolled"),
    "active": _("has completed a first activity"),
    "completed": _("has completed the course"),
}
ROWS = "m"  # prefix of the milestones' fields


class RewardFilter(forms.Form):
    """Which rewards are shown; it stands in the address."""

    state = forms.ChoiceField(required=False, label=_("State"), choices=STATES)
    side = forms.ChoiceField(required=False, label=_("Whose"), choices=SIDES)
    noted = forms.BooleanField(required=False, label=_("With a note for the team"))
    after = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """What is to be done with one reward, and why."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("approve", "refuse", "revoke", "undo")])
    note = forms.CharField(required=False, max_length=1000)


class RulesForm(forms.Form):
    """What holds for all milestones of a course."""

    reward_budget = forms.IntegerField(
        label=_("Most rewards granted at a time"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("0: no limit. What is earned beyond it waits until one comes free."),
        error_messages={
            "min_value": _("Please enter a number from 0 to 1,000,000."),
            "max_value": _("Please enter a number from 0 to 1,000,000."),
        },
    )
    reward_by_hand = forms.BooleanField(required=False, label=_("A person of the team approves each reward"))
    enrolled = forms.IntegerField(label=_("Points for a friend who has enrolled"))
    active = forms.IntegerField(label=_("Points for a friend who has completed a first activity"))
    completed = forms.IntegerField(label=_("Points for a friend who has completed the course"))

    @classmethod
    def of(cls, policy: Policy) -> RulesForm:
        """What holds at present."""
        rules = {"reward_budget": policy.reward_budget, "reward_by_hand": policy.reward_by_hand}
        return cls(initial=rules | dict(policy.stage_weights))

    def clean(self) -> dict[str, Any]:
        """A friend who learns more is worth at least as much."""
        cleaned = super().clean() or {}
        if all(stage in cleaned for stage in STAGE_WEIGHTS):
            _weights, problem = check_weights({stage: cleaned[stage] for stage in STAGE_WEIGHTS})
            if problem:
                self.add_error("active", problem)
        return cleaned

    def values(self) -> dict[str, Any]:
        """As the policy takes them."""
        return {
            "reward_budget": self.cleaned_data["reward_budget"],
            "reward_by_hand": self.cleaned_data["reward_by_hand"],
            "stage_weights": {stage: self.cleaned_data[stage] for stage in STAGE_WEIGHTS},
        }


def _text(name: str, label: str, help_text: str = "", *, rows: int = 0) -> forms.CharField:
    """Its length is judged with the rest of the milestone; the browser knows it too."""
    attributes = {"maxlength": MILESTONE_LONGEST[name]}
    widget = forms.Textarea(attrs=attributes | {"rows": rows}) if rows else forms.TextInput(attrs=attributes)
    return forms.CharField(required=False, strip=False, label=label, help_text=help_text, widget=widget)


LINK = _("An address that begins with https://, or a path on this site.")


class MilestoneForm(forms.Form):
    """One milestone; the rules are those of the policy, which also reads files. A row left empty is none."""

    slug = forms.CharField(required=False, widget=forms.HiddenInput)
    number = forms.CharField(
        required=False, label=_("How many"), widget=forms.NumberInput(attrs={"min": 1, "max": MOST_NUMBER})
    )
    counts = forms.ChoiceField(required=False, label=_("Of what"), choices=[("", _("Please choose")), *COUNTED.items()])
    title = _text("title", _("Title for the inviter"))
    badge = _text("badge", _("Name of the badge"), _("Empty: no badge."))
    text = _text("text", _("Text that opens"), _("Plain text."), rows=3)
    link = _text("link", _("Link that opens"), LINK)
    team_note = _text("team_note", _("Note for the team"), _("For example: send a thank-you card."))
    friend_on = forms.ChoiceField(
        required=False,
        label=_("The invited friend gets something who"),
        choices=[("", _("– nothing for the friend –")), *((stage, STAGES[stage]) for stage in FRIEND_STAGES)],
    )
    friend_title = _text("friend_title", _("Title for the friend"))
    friend_badge = _text("friend_badge", _("Name of the friend’s badge"), _("Empty: no badge."))
    friend_text = _text("friend_text", _("Text that opens for the friend"), _("Plain text."), rows=3)
    friend_link = _text("friend_link", _("Link that opens for the friend"), LINK)
    remove = forms.BooleanField(required=False, label=_("Remove this milestone"))

    milestone: dict[str, Any] | None = None  # after a check: as the policy keeps it; None for an empty row

    def clean(self) -> dict[str, Any]:
        """Judges the row as a whole, and says beside each field what is wrong with it."""
        cleaned = super().clean() or {}
        given = {name: value for name, value in cleaned.items() if name != "remove"}
        written = any(value for name, value in given.items() if name != "slug")
        if cleaned.get("remove") or not (written or given.get("slug")):
            self._errors = ErrorDict()  # what is wrong in a row that goes away matters to nobody
            return cleaned
        self.milestone, problems = check_one(given)
        for name, sentence in problems.items():
            self.add_error(name if name in self.fields and name != "slug" else None, sentence)
        return cleaned

    @property
    def legend(self) -> str:
        """What the row is called on the page."""
        values = self.milestone or self.initial
        if str(values.get("number", "")).isdecimal() and values.get("counts") in MILESTONE_COUNTS:
            name = goal_words(values["counts"], int(values["number"]))
            title = values.get("title") or values.get("badge")
            return f"{name} – {title}" if title else name
        return gettext("A new milestone")

    @property
    def opened(self) -> bool:
        """Whether the row is unfolded: what is saved and right is not."""
        return bool(self.errors) if self.is_bound else not self.initial.get("slug")


def milestone_forms(policy: Policy, *, data: Mapping[str, Any] | None = None, more: int = 0) -> list[MilestoneForm]:
    """The rows of the page: of what is saved and an empty one, or of what was sent, judged, or with `more` rows, not judged."""
    if data is None:
        rows = [dict(one) for one in policy.milestones]
        return [MilestoneForm(initial=row, prefix=f"{ROWS}{number}") for number, row in enumerate([*rows, {}])]
    number = _row_count(data)
    if not more:
        return [MilestoneForm(data, prefix=f"{ROWS}{row}") for row in range(number)]
    sent = [{name: data.get(f"{ROWS}{row}-{name}", "") for name in MilestoneForm.base_fields} for row in range(number)]
    return [
        MilestoneForm(initial=row, prefix=f"{ROWS}{place}")
        for place, row in enumerate(sent + [{} for _ in range(more)])
    ]


def _row_count(data: Mapping[str, Any]) -> int:
    text = str(data.get("rows", ""))
    return min(int(text), 60) if text.isascii() and text.isdigit() else 0
