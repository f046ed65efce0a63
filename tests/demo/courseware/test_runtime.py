"""What a block finds around it: keys, services, addresses, and somebody who listens."""

from __future__ import annotations

import pytest
from completion.models import BlockCompletion
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from eventtracking import tracker
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.exceptions import NoSuchUsage
from xblock.fields import Integer, Scope

from demo.courseware import queries
from demo.courseware.fragments import take_apart
from demo.courseware.runtime import CourseRuntime
from referral_xblock.data import Role

SERVICES = ("user", "i18n", "completion", "settings", "enrollments", "replace_urls", "publish", "field-data")


@XBlock.wants(*SERVICES, "teams")
class ProbeBlock(CompletableXBlockMixin, XBlock):
    """Stands where the placeholder of the small course stood."""

    presses = Integer(scope=Scope.user_state, default=0)

    def student_view(self, context=None):
        """A view that brings its style and script as text, and hostile arguments."""
        fragment = Fragment("<p>Probe</p>")
        fragment.add_css("p { color: red }")
        fragment.add_javascript("function Probe(runtime, element, data) {}")
        fragment.initialize_js("Probe", {"text": "</script><script>alert(1)</script>"})
        return fragment

    @XBlock.json_handler
    def press(self, data, suffix=""):
        """Counts."""
        self.presses += 1
        return {"presses": self.presses}


@pytest.fixture
def probe(moss, people, monkeypatch):
    """`probe(user, roles…)`: the block in the runtime of that person."""
    original = CourseRuntime.load_block_type
    monkeypatch.setattr(
        CourseRuntime,
        "load_block_type",
        lambda self, name: ProbeBlock if name == "drag-and-drop-v2" else original(self, name),
    )

    def make(user, *roles, **about):
        runtime = CourseRuntime(user=user, course=queries.course(moss.key), roles=frozenset(roles), **about)
        return runtime.get_block(moss.d1)

    return make


def test_the_keys_are_those_of_the_lms(probe, people, moss):
    block = probe(people.chen)
    assert isinstance(block.scope_ids.usage_id, UsageKey)
    assert (block.usage_key, block.context_key) == (moss.d1, moss.key)
    assert block.scope_ids.user_id == people.chen.pk
    assert block.runtime.course_id == moss.key
    assert block.parent == moss.u1
    assert [child.usage_key for child in block.get_parent().get_children()] == [moss.h1, moss.d1]


def test_a_block_that_is_not_there_is_no_such_usage(probe, people, moss):
    with pytest.raises(NoSuchUsage):
        probe(people.chen).runtime.get_block(moss.key.make_usage_key("html", "gone"))


def test_a_learner_meets_the_services_of_the_lms(probe, people):
    block = probe(people.chen)
    assert [name for name in SERVICES if block.runtime.service(block, name) is None] == []
    assert block.runtime.service(block, "teams") is None


def test_studio_has_no_services_for_learners(probe, people):
    block = probe(people.ada, Role.COURSE_STAFF, authoring=True)
    assert [name for name in SERVICES if block.runtime.service(block, name) is None] == [
        "completion",
        "enrollments",
        "publish",
    ]


def test_the_user_service_says_who_it_is(probe, people):
    block = probe(people.ada, Role.COURSE_STAFF)
    user = block.runtime.service(block, "user").get_current_user()
    said = {name.removeprefix("edx-platform."): value for name, value in user.opt_attrs.items()}
    assert user.emails == ["ada@example.org"]
    assert (said["user_id"], said["username"], said["is_authenticated"]) == (people.ada.pk, "ada", True)
    assert (said["user_is_staff"], said["user_role"], said["user_is_global_staff"]) == (True, "staff", False)
    assert len(said["anonymous_user_id"]) == 32
    assert "request_country_code" in said
    other = probe(people.chen)
    assert other.runtime.service(other, "user").get_current_user().opt_attrs["edx-platform.user_role"] == "student"


def test_a_visitor_is_nobody(probe):
    block = probe(AnonymousUser())
    said = block.runtime.service(block, "user").get_current_user().opt_attrs
    assert said["edx-platform.is_authenticated"] is False
    assert said["edx-platform.user_id"] is None
    assert block.scope_ids.user_id is None
    assert block.runtime.service(block, "completion") is None


def test_translations_follow_the_reader(probe, people):
    block = probe(people.chen)
    i18n = block.runtime.service(block, "i18n")
    with translation.override("fr"):
        assert (i18n.gettext("Yes"), i18n.ugettext("Yes"), block.ugettext("Yes")) == ("Oui", "Oui", "Oui")
    assert i18n.gettext("Yes") == "Yes"
    assert i18n.get_javascript_i18n_catalog_url(block) is None


def test_enrolments_can_be_asked(probe, people, moss):
    block = probe(people.chen)
    enrolments = block.runtime.service(block, "enrollments")
    assert enrolments.get_active_enrollments_by_course_and_user(moss.key, people.chen.pk).active
    assert enrolments.get_active_enrollments_by_course_and_user(moss.key, people.dara.pk) is None


def test_settings_of_the_site_reach_the_block(probe, people, settings):
    settings.XBLOCK_SETTINGS = {"ProbeBlock": {"colour": "green"}}
    block = probe(people.chen)
    assert block.runtime.service(block, "settings").get_settings_bucket(block) == {"colour": "green"}


def test_addresses_lead_back_to_the_block(probe, people, moss, client_of):
    block = probe(people.chen)
    address = block.runtime.handler_url(block, "press", "more", "a=1")
    assert address == f"/courses/{moss.key}/xblock/{moss.d1}/handler/press/more?a=1"
    answer = client_of(people.chen).post(address, {}, content_type="application/json")
    assert answer.json() == {"presses": 1}
    assert probe(people.chen).presses == 1
    outside = block.runtime.handler_url(block, "press", thirdparty=True)
    assert outside == f"http://testserver/courses/{moss.key}/xblock/{moss.d1}/handler_noauth/press"
    studio = probe(people.ada, authoring=True)
    assert studio.runtime.handler_url(studio, "press") == f"/studio/{moss.key}/block/{moss.d1}/handler/press"
    assert block.runtime.local_resource_url(block, "public/a.css") == "/xblock/resource/drag-and-drop-v2/public/a.css"


def test_only_handlers_have_addresses(probe, people):
    block = probe(people.chen)
    with pytest.raises(ValueError, match="student_view"):
        block.runtime.handler_url(block, "student_view")


def test_completion_is_kept_for_the_learner(probe, people, moss):
    probe(people.chen).emit_completion(0.5)
    probe(people.chen).emit_completion(1.0)
    rows = BlockCompletion.objects.values_list("user", "block_key", "completion")
    assert list(rows) == [(people.chen.pk, moss.d1, 1.0)]


def test_nobody_completes_in_studio_or_without_an_account(probe, people):
    probe(people.ada, authoring=True).emit_completion(1.0)
    probe(AnonymousUser()).emit_completion(1.0)
    assert not BlockCompletion.objects.exists()


def test_other_events_reach_the_tracking_log(probe, people, moss, monkeypatch):
    told = []
    monkeypatch.setattr(tracker, "emit", lambda name, data: told.append((name, data)))
    block = probe(people.chen)
    block.runtime.publish(block, "probe.pressed", {"times": 2})
    assert told == [("probe.pressed", {"block_id": str(moss.d1), "times": 2})]


def test_a_page_gets_files_instead_of_inline_code(probe, people, client):
    parts = take_apart([probe(people.chen).render("student_view")])
    assert parts.has_script
    assert "<script>" not in parts.body
    assert "alert(1)</script>" not in parts.body
    assert 'data-init="Probe" data-runtime-version="1"' in parts.body
    assert len(parts.styles) == len(parts.scripts) == 1
    script, style = client.get(parts.scripts[0]), client.get(parts.styles[0])
    assert b"".join(script.streaming_content) == b"function Probe(runtime, element, data) {}"
    assert (script.headers["Content-Type"], style.headers["Content-Type"]) == ("text/javascript", "text/css")


def test_the_same_code_is_one_file(probe, people):
    twice = [probe(people.chen).render("student_view"), probe(people.bo).render("student_view")]
    assert len(take_apart(twice).scripts) == 1
