"""A segment as a form: its name, conditions of a fact, a comparison and a value, and groups of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community_dashboard.activity.rollup.choosing import FACTS, OPERATORS, Condition, Measure, Operator
from community_dashboard.engagement.segments.definitions import (
    LARGEST,
    LONGEST_DEADLINE,
    LONGEST_NAME,
    MOST_CONDITIONS,
    MOST_GROUPS,
    MOST_IN_GROUP,
    Definition,
)
from community_dashboard.engagement.segments.sentences import COMPARISONS, fact_name

WITH_VALUE = (Operator.AT_LEAST, Operator.AT_MOST)
# A form says "yes" and "no" in the place of IS with its value.
YES, NO = "yes", "no"
WORDS: dict[str, Any] = {
    **{one.value: said for one, said in COMPARISONS.items()},
    YES: _("yes, it is so"),
    NO: _("no, it is not so"),
}


class ConditionForm(forms.Form):
    """One condition; without a fact it is none."""

    fact = forms.ChoiceField(label=_("Fact"), required=False)
    operator = forms.ChoiceField(label=_("Comparison"), required=False)
    value = forms.IntegerField(label=_("Value"), required=False, min_value=0)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["fact"].choices = [("", _("No condition")), *((fact, fact_name(fact)) for fact in FACTS)]
        self.fields["operator"].choices = [("", "–"), *WORDS.items()]

    def clean(self) -> dict[str, Any]:
        """Holds the comparison and the value against what may be said of the fact."""
        told = super().clean()
        fact, operator, value = (told.get(name) for name in ("fact", "operator", "value"))
        if not fact or self.errors:
            return told
        measure = FACTS[fact].measure
        known = _said_of(measure)
        if operator not in known:
            words = ", ".join(f"“{WORDS[one]}”" for one in known)
            self.add_error("operator", _("Of this fact one can say: %(known)s.") % {"known": words})
        elif operator in WITH_VALUE:
            if value is None:
                self.add_error("value", _("Please give a number."))
            elif value > LARGEST[measure]:
                self.add_error("value", _("At most %(most)s.") % {"most": LARGEST[measure]})
        return told

    @property
    def condition(self) -> Condition | None:
        """What was sent; None for an empty row."""
        told = self.cleaned_data
        if not told["fact"]:
            return None
        if told["operator"] in (YES, NO):
            return Condition(told["fact"], Operator.IS, int(told["operator"] == YES))
        operator = Operator(told["operator"])
        return Condition(told["fact"], operator, told["value"] if operator in WITH_VALUE else 0)

    @staticmethod
    def initial_of(condition: Condition | None) -> dict[str, Any]:
        """A condition as the form shows it."""
        if condition is None:
            return {}
        if condition.operator is Operator.IS:
            return {"fact": condition.fact, "operator": YES if condition.value else NO}
        value = condition.value if condition.operator in WITH_VALUE else None
        return {"fact": condition.fact, "operator": condition.operator.value, "value": value}


class SegmentForm(forms.Form):
    """A whole segment, with a spare row after what is there. `definition` is what was sent, once it is valid."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    deadline = forms.IntegerField(
        label=_("Only while something is due within so many days"),
        help_text=_("Empty: always. Otherwise nobody is in this segment while nothing is due that soon."),
        required=False,
        min_value=1,
        max_value=LONGEST_DEADLINE,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, name: str = "", definition: Definition, version: int
    ) -> None:
        initial = {"name": name, "deadline": definition.deadline or None, "version": version}
        super().__init__(data, initial=initial)
        self.all_of = self._rows("all", definition.conditions, MOST_CONDITIONS)
        self.groups = [
            self._rows(f"group{number}", group, MOST_IN_GROUP)
            for number, group in enumerate(self._padded(definition.any_of, "group", MOST_GROUPS, ()))
        ]

    def is_valid(self) -> bool:
        """Whether every row is."""
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    @property
    def rows(self) -> list[ConditionForm]:
        """The rows of all conditions, in the order of the page."""
        return [*self.all_of, *(row for group in self.groups for row in group)]

    @property
    def definition(self) -> Definition:
        """What was sent. Empty rows and groups are left out."""
        groups = (tuple(filter(None, (row.condition for row in group))) for group in self.groups)
        return Definition(
            conditions=tuple(filter(None, (row.condition for row in self.all_of))),
            any_of=tuple(group for group in groups if group),
            deadline=self.cleaned_data["deadline"] or 0,
        )

    def _rows(self, prefix: str, conditions: tuple[Condition, ...], most: int) -> list[ConditionForm]:
        return [
            ConditionForm(
                self.data if self.is_bound else None,
                prefix=f"{prefix}-{number}",
                initial=ConditionForm.initial_of(condition),
            )
            for number, condition in enumerate(self._padded(conditions, f"{prefix}-", most, None))
        ]

    def _padded(self, kept: tuple[Any, ...], prefix: str, most: int, empty: Any) -> list[Any]:
        """What is kept, or was sent if more, and one spare row; never more than may be."""
        sent = [number for number in range(most) if any(name.startswith(f"{prefix}{number}") for name in self.data)]
        rows = max(len(kept) + 1, max(sent, default=-1) + 1)
        if self.is_bound and sent and self._is_full(f"{prefix}{max(sent)}"):
            rows += 1
        return [kept[number] if number < len(kept) else empty for number in range(min(rows, most))]

    def _is_full(self, prefix: str) -> bool:
        """Whether the last row that was sent says something, so that another is wanted."""
        return any(name.startswith(prefix) and name.endswith("-fact") and value for name, value in self.data.items())


def _said_of(measure: Measure) -> list[str]:
    """What may be chosen as the comparison of such a fact."""
    return [YES, NO] if measure is Measure.FLAG else [one.value for one in OPERATORS[measure]]
