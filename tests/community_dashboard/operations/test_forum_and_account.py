"""The forum of a course and the account that acts in it."""

import pytest

from community_dashboard.data import Forum
from community_dashboard.host.chosen import get_host
from community_dashboard.operations import forum
from community_dashboard.operations.circumstances import Circumstances
from demo.campus import actions
from referral_xblock.api import Role


def told(check, course_key=None):
    return [finding.id for finding in check(Circumstances(course_key))]


def test_without_a_course_the_forum_is_not_looked_at():
    assert told(forum.check_forum) == ["forum.no-course"]


def test_the_forum_of_the_demo_is_as_expected(cast, course_key):
    assert told(forum.check_forum, course_key) == []


def test_a_forum_elsewhere_is_told_in_the_host_s_words(cast, course_key, monkeypatch):
    elsewhere = Forum(enabled=True, in_this_database=False, sentence="Its posts are in another store.")
    monkeypatch.setattr(type(get_host()), "forum", lambda self, key: elsewhere)
    (finding,) = forum.check_forum(Circumstances(course_key))
    assert (finding.id, finding.sentence) == ("forum.course", f"{course_key}: Its posts are in another store.")


def test_a_process_without_the_forum_app_is_told(settings):
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if not app.startswith("forum")]
    assert "forum.app" in told(forum.check_forum)


class TestTheActingAccount:
    @pytest.fixture
    def robot(self, cast, course_key, settings, now, django_user_model):
        """An account with everything it needs to act in the course."""
        user = django_user_model.objects.create(username="robot", email="robot@example.org")
        type(cast.bo.profile).objects.get_or_create(user=user, defaults={"name": "Robot"})
        actions.enrol(user=user, course_key=course_key, by=None, now=now)
        actions.give_role(user=user, course_key=course_key, role=Role.FORUM_MODERATOR)
        settings.COMMUNITY_ACTING_ACCOUNT = "robot"
        return user

    def test_none_is_noted(self, settings):
        settings.COMMUNITY_ACTING_ACCOUNT = ""
        assert told(forum.check_account) == ["account.none"]

    def test_one_that_does_not_exist(self, db, settings):
        settings.COMMUNITY_ACTING_ACCOUNT = "nobody"
        assert told(forum.check_account) == ["account.unknown"]

    def test_one_that_is_not_active(self, robot):
        robot.is_active = False
        robot.save()
        assert told(forum.check_account) == ["account.inactive"]

    def test_without_a_course_its_role_is_not_looked_at(self, robot):
        assert told(forum.check_account) == ["account.no-course"]

    def test_a_moderator_of_the_course_is_as_it_should_be(self, robot, course_key):
        assert told(forum.check_account, course_key) == []

    def test_a_learner_may_not_moderate(self, cast, course_key, settings):
        settings.COMMUNITY_ACTING_ACCOUNT = "chen"
        assert told(forum.check_account, course_key) == ["account.role"]

    def test_a_stranger_is_not_even_in_the_course(self, cast, course_key, settings):
        settings.COMMUNITY_ACTING_ACCOUNT = "dara"
        assert told(forum.check_account, course_key) == ["account.role", "account.outside"]

    def test_a_moderator_of_another_course_is_none_here(self, robot, elsewhere):
        assert told(forum.check_account, elsewhere) == ["account.role", "account.outside"]

    def test_one_without_profile_cannot_act(self, robot, course_key):
        robot.profile.delete()
        assert told(forum.check_account, course_key) == ["account.profile"]
