"""A question with choices: one right answer (radio buttons) or several (check boxes), as a form that needs no script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from django.template.loader import render_to_string
from django.utils.translation import get_language
from web_fragments.fragment import Fragment
from webob import Request, Response
from xblock.core import XBlock
from xblock.fields import Float, Integer, List, Scope, String

from demo.courseware.archive import OlxError
from demo.courseware.blocks.unknown import placeholder
from demo.courseware.cleaning import clean_html
from demo.courseware.trees import inner, parse

KINDS = {"multiplechoiceresponse": "radio", "choiceresponse": "checkbox"}
PROSE = ("p", "description", "div")


@dataclass(frozen=True)
class Question:
    """A question as it is asked. HTML is cleaned; `right` are the positions of the right choices."""

    kind: str  # "radio" or "checkbox"
    text: str  # what is asked, without paragraphs; may be ""
    description: str
    choices: list[str]
    hints: list[str]  # what is said to somebody who made the choice; "" where nothing is
    right: frozenset[int]
    explanation: str


def read_question(olx: str) -> Question | None:
    """The question in a problem's OLX; None if it is of another kind, asks several things or cannot be read."""
    try:
        root = parse(olx, "problem")
    except OlxError:
        return None
    if any(child.tag == "script" for child in root.iter()):
        return None
    responses = [element for element in root.iter() if element.tag.endswith("response")]
    if len(responses) != 1 or responses[0].tag not in KINDS:
        return None
    choices = list(responses[0].iter("choice"))
    right = frozenset(place for place, choice in enumerate(choices) if choice.get("correct", "").lower() == "true")
    if len(choices) < 2 or (KINDS[responses[0].tag] == "radio" and len(right) != 1):
        return None
    return Question(
        kind=KINDS[responses[0].tag],
        text=" ".join(clean_html(inner(label)) for label in responses[0].iter("label")),
        description="".join(
            clean_html(_written(element)) for element in [*root, *responses[0]] if element.tag in PROSE
        ),
        choices=[clean_html(_without_hint(choice)) for choice in choices],
        hints=["".join(clean_html(inner(hint)) for hint in choice.iter("choicehint")) for choice in choices],
        right=right,
        explanation="".join(clean_html(inner(element)) for element in root.iter("solution")),
    )


def _written(element: Element) -> str:
    return f"<p>{inner(element)}</p>" if element.tag in ("p", "description") else inner(element)


def _without_hint(choice: Element) -> str:
    kept = Element("choice")
    kept.text = choice.text
    kept.extend(child for child in choice if child.tag != "choicehint")
    return inner(kept)


@XBlock.wants("replace_urls")
class ProblemBlock(XBlock):
    """A scored question. An answer may be given again; the best score so far is what counts."""

    has_score = True
    display_name = String(scope=Scope.settings, default="")
    data = String(scope=Scope.content, default="")
    weight = Float(scope=Scope.settings, default=1.0)
    max_attempts = Integer(scope=Scope.settings, default=None)  # None: as often as one likes
    attempts = Integer(scope=Scope.user_state, default=0)
    chosen = List(scope=Scope.user_state, default=[])  # positions of the choices made last
    score = Float(scope=Scope.user_state, default=None)  # the best share of the points so far; None before any answer

    @staticmethod
    def can_be_shown(values: dict[str, Any]) -> bool:
        """Whether the OLX in these settings is a question that a learner can answer here."""
        return read_question(str(values.get("data") or "")) is not None

    @XBlock.supports("multi_device")
    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The form with the last answer, whether it was right, and then the explanation."""
        question = read_question(self.data or "")
        if question is None:
            return placeholder(self)
        links = self.runtime.service(self, "replace_urls")
        replace = links.replace_urls if links else str
        answered = self.score is not None
        shown = {
            "title": self.display_name,
            "language": self.runtime.course.language,
            "page_language": get_language(),
            "key": self.scope_ids.usage_id.block_id,
            "kind": question.kind,
            "text": replace(question.text),
            "description": replace(question.description),
            "choices": [
                {"place": place, "html": replace(text), "chosen": place in self.chosen, "hint": replace(hint)}
                for place, (text, hint) in enumerate(zip(question.choices, question.hints, strict=True))
            ],
            "answered": answered,
            "right": answered and frozenset(self.chosen) == question.right,
            "explanation": replace(question.explanation),
            "may_answer": self._may_answer(),
            "action": self.runtime.handler_url(self, "submit"),
            "csrf_token": (context or {}).get("csrf_token", ""),
        }
        return Fragment(render_to_string("demo/courseware/blocks/problem.html", shown))

    author_view = student_view

    @XBlock.handler
    def submit(self, request: Request, suffix: str = "") -> Response:
        """Keeps the answer, publishes grade and thereby completion, and goes back to the unit."""
        if request.method != "POST":
            return Response(status=405, headers={"Allow": "POST"})
        question = read_question(self.data or "")
        chosen = _places(request.POST.getall("choice"), len(question.choices) if question else 0)
        if question is not None and self._may_answer() and (chosen or question.kind == "checkbox"):
            self.chosen = chosen
            self.attempts += 1
            earned = 1.0 if frozenset(chosen) == question.right else 0.0
            self.score = max(earned, self.score or 0.0)
            weight = self.weight if isinstance(self.weight, float | int) else 1.0
            self.runtime.publish(self, "grade", {"value": self.score * weight, "max_value": weight})
            told = {"problem_id": str(self.scope_ids.usage_id), "attempts": self.attempts, "grade": earned}
            self.runtime.publish(self, "problem_check", told | {"success": "correct" if earned else "incorrect"})
        return Response(status=303, headers={"Location": self.runtime.page_url(self)})

    def _may_answer(self) -> bool:
        return not self.max_attempts or self.attempts < self.max_attempts


def _places(sent: list[str], count: int) -> list[int]:
    """The positions that were sent and that exist."""
    return sorted(
        {int(text) for text in sent if text.isascii() and text.isdigit() and len(text) < 4 and int(text) < count}
    )
