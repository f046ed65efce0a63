"""What holds for a whole course: who may change it, what is refused in words, what is cached."""

from dataclasses import asdict

import pytest
from django.core.exceptions import PermissionDenied

from referral_xblock.data import Audience, Policy
from referral_xblock.models import CoursePolicy
from referral_xblock.policy.actions import save_policy
from referral_xblock.policy.queries import exported, policy_of

pytestmark = pytest.mark.django_db(transaction=True)

GOOD = {
    **{name: value for name, value in asdict(Policy()).items() if value is not False and value != ()},
    "window_days": 14,
    "credit": "first",
    "code_grace_days": 3,
    "cookie": "never",
    "audience": "domains",
    "allowed_domains": "univ.example\n@Campus.Example",
    "completion_share": 60,
    "link_kind": "page",
    "link_lifetime_days": 0,
    "link_cap": 0,
}


def test_without_a_row_the_defaults_hold(course_key):
    assert policy_of(course_key) == Policy()


def test_course_staff_change_it_and_it_holds_at_once(cast, course_key, now):
    assert policy_of(course_key).window_days == 30
    form = save_policy(course_key=course_key, values=GOOD, actor=cast.ada, now=now)
    assert not form.errors
    assert policy_of(course_key).window_days == 14
    assert policy_of(course_key).allowed_domains == ("univ.example", "campus.example")


@pytest.mark.parametrize("name", ["bo", "chen", "dara"])
def test_nobody_else_may(cast, course_key, now, name):
    with pytest.raises(PermissionDenied):
        save_policy(course_key=course_key, values=GOOD, actor=getattr(cast, name), now=now)
    assert not CoursePolicy.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("window_days", 0),
        ("window_days", 366),
        ("window_days", "soon"),
        ("credit", "both"),
        ("allowed_domains", "no domain"),
        ("allowed_domains", ""),
        ("completion_share", 101),
    ],
)
def test_bad_values_are_refused_beside_their_field(cast, course_key, now, field, value):
    form = save_policy(course_key=course_key, values=GOOD | {field: value}, actor=cast.ada, now=now)
    assert list(form.errors) == [field]
    assert not CoursePolicy.objects.exists()


def test_what_is_exported_can_be_imported_again(cast, course_key, now):
    save_policy(course_key=course_key, values=GOOD, actor=cast.ada, now=now)
    before = exported(course_key)
    form = save_policy(course_key=course_key, values=before, actor=cast.ada, now=now)
    assert not form.errors
    assert exported(course_key) == before


@pytest.mark.parametrize(
    ("email", "admitted"),
    [("a@univ.example", True), ("a@lab.univ.example", True), ("a@notuniv.example", False), ("a", False)],
)
def test_an_audience_of_domains_includes_sub_domains(email, admitted):
    policy = Policy(audience=Audience.DOMAINS, allowed_domains=("univ.example",))
    assert policy.admits(email) is admitted
