"""The rules of rewards in the policy's form. They have a page of their own, so nobody sees their fields here.

A form that does not send them leaves them as they are; what is wrong with them in a file is said above the form.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from referral_xblock.policy.milestones import check, check_weights

FIELDS = ("milestones", "stage_weights", "reward_budget", "reward_by_hand")


class RewardRules(forms.ModelForm):
    """Milestones, what the stages are worth, budget, and whether a person grants."""

    milestones = forms.JSONField(required=False, widget=forms.HiddenInput)
    stage_weights = forms.JSONField(required=False, widget=forms.HiddenInput)
    reward_budget = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reward_by_hand = forms.NullBooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Says above the form what is wrong with a field that nobody sees."""
        cleaned = super().clean() or {}
        for name in set(FIELDS) & set(self.errors):
            words = " ".join(self.errors.pop(name))
            self.add_error(None, _("%(rule)s: %(problem)s") % {"rule": name, "problem": words})
        return cleaned

    def clean_milestones(self) -> list[dict[str, Any]]:
        """The milestones tidied; none where nothing is sent."""
        kept, problems = check(self.cleaned_data["milestones"] or [])
        said = [
            f"{number}. {sentence}" for number, wrong in enumerate(problems, start=1) for sentence in wrong.values()
        ]
        if said:
            raise forms.ValidationError(said)
        return kept

    def clean_stage_weights(self) -> dict[str, int]:
        """The points tidied; where nothing is sent, what holds."""
        given = self.cleaned_data["stage_weights"]
        weights, problem = check_weights(self.instance.stage_weights if given is None else given)
        if problem:
            raise forms.ValidationError(problem)
        return weights

    def clean_reward_budget(self) -> int:
        """Where nothing is sent, what holds."""
        given = self.cleaned_data["reward_budget"]
        return self.instance.reward_budget if given is None else given

    def clean_reward_by_hand(self) -> bool:
        """Where nothing is sent, what holds."""
        given = self.cleaned_data["reward_by_hand"]
        return self.instance.reward_by_hand if given is None else given
