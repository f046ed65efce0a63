"""The course's rules as a file: written out, and read back with every error in words."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.api import Policy, exported_policy

KIND = "invitation-policy"
LARGEST = 64 * 1024
STRUCTURED = ("milestones", "stage_weights", "reward_by_hand")  # kept as JSON by the form too


def written(course_key: CourseKey) -> str:
    """The file: what it is, and the rules. One query at most."""
    return json.dumps({"kind": KIND, "policy": exported_policy(course_key)}, indent=2, ensure_ascii=False) + "\n"


def read(content: bytes, course_key: CourseKey) -> dict[str, Any]:
    """The values of a file as the policy's form takes them; rules it does not name keep what they are.

    ValidationError in words for a file that is none of ours. Whether the values can be had is for the form to say. One
    query at most.
    """
    if len(content) > LARGEST:
        raise ValidationError(_("The file is too large to hold the rules of a course."))
    try:
        found = json.loads(content.decode("utf-8-sig"))
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair can be read and nowhere written
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("The file cannot be read as JSON. Nothing was changed.")) from error
    policy = found.get("policy") if isinstance(found, dict) and found.get("kind") == KIND else None
    if not isinstance(policy, dict):
        raise ValidationError(_("The file does not hold the rules of a course. Nothing was changed."))
    known = exported_policy(course_key)
    strange = sorted(set(policy) - set(known))
    if strange:
        raise ValidationError(
            _("The file has a rule that is not known here: %(names)s. Nothing was changed.")
            % {"names": ", ".join(name[:40] for name in strange[:5])}
        )
    return as_form({**known, **policy})


def as_form(policy: dict[str, Any]) -> dict[str, Any]:
    """Values as a form would send them: text; no box where it is not ticked, a line for each name of a list."""
    kinds = {name: type(getattr(Policy(), name, None)) for name in policy}
    values = {
        name: "" if value is None else str(value)
        for name, value in policy.items()
        if not (value is False and kinds[name] is bool)
    }
    values |= {
        name: "\n".join(map(str, value))
        for name, value in policy.items()
        if isinstance(value, list) and kinds[name] is tuple
    }
    return values | {name: json.dumps(policy[name]) for name in STRUCTURED if name in policy}
