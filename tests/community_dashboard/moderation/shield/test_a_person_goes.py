"""What the shield holds of somebody who changed rules: shown to them, and gone with the account."""

import pytest

from community_dashboard.moderation.shield.actions import save_rules
from community_dashboard.moderation.shield.models import ShieldRules
from community_dashboard.moderation.shield.own_data import own_rules
from community_dashboard.moderation.shield.queries import rules_of
from community_dashboard.moderation.shield.rules import Rules
from community_dashboard.retirement import forget_retired
from demo.campus import actions as campus
from referral_xblock.api import Role

pytestmark = pytest.mark.django_db


def test_the_rules_stay_and_the_name_goes(cast, course_key, now):
    campus.give_role(user=cast.ada, course_key=course_key, role=Role.FORUM_MODERATOR)
    save_rules(by=cast.ada, course_key=course_key, rules=Rules(limit=90), version=0, now=now)
    [part] = own_rules(cast.ada.id)
    [entry] = list(part.rows)
    assert str(entry["course"]) == str(course_key)
    assert [list(part.rows) for part in own_rules(cast.bo.id)] == [[]]
    forget_retired(user=cast.ada)
    assert ShieldRules.objects.get().changed_by is None
    assert (rules_of(course_key).rules.limit, rules_of(course_key).changed_by) == (90, "")
