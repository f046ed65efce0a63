"""The gate before the platform's discussion API and its old pages, and before the verbs of the host."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import MiddlewareNotUsed
from django.test import RequestFactory
from django.urls import path, re_path
from django.utils import timezone
from django.utils.translation import override
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.views import APIView

from community_dashboard.host.chosen import get_host
from community_dashboard.host.errors import NotAllowedError
from community_dashboard.lms_settings import GATE, plugin_settings
from community_dashboard.moderation.sanctions import actions
from community_dashboard.moderation.sanctions.gate import PostingGate
from demo import urls as demo_urls


class ByName(BaseAuthentication):
    """Stands for the tokens of mobile apps: the name of the account is the token."""

    def authenticate(self, request):
        name = request.META.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
        if name == "expired":
            raise AuthenticationFailed("expired")
        user = get_user_model().objects.filter(username=name).first()
        return (user, None) if user else None


class MergePatch(JSONParser):
    media_type = "application/merge-patch+json"


class Behind(APIView):
    """Stands where the forum's views stand in an LMS, and says who came through with which words."""

    authentication_classes = [ByName, SessionAuthentication]
    permission_classes = []
    parser_classes = [JSONParser, MergePatch]

    def post(self, request, **where):
        return Response({"by": request.user.username, "data": request.data})

    patch = post


behind = Behind.as_view()
urlpatterns = [
    *demo_urls.urlpatterns,
    re_path(r"^api/discussion/v1/(?:threads|comments)/(?:[^/]+/)?$", behind),
    path("courses/<path:course>/discussion/<str:kind>/<str:number>/reply", behind),
]

THREADS, COMMENTS = "/api/discussion/v1/threads/", "/api/discussion/v1/comments/"
PATCH = "application/merge-patch+json"


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def thread(cast, course_key):
    """A question of bo's."""
    return get_host().start_thread(
        by=cast.bo, course_key=course_key, topic_id="course", title="Which?", body="Which bees?"
    )


@pytest.fixture
def silenced(cast, course_key):
    """chen cannot post in the course for three days from the real now."""
    now = timezone.now()
    return actions.silence(
        by=cast.bo,
        course_key=course_key,
        user=cast.chen,
        until=now + timedelta(days=3),
        reason="Insults <b>in</b> three posts.",
        decision_id=1,
        now=now,
    )


@pytest.fixture
def post(client_of, cast):
    """`post(address, fields, by=cast.chen)` as the discussions MFE does it."""

    def one(address, fields, *, by=None, method="post", content_type="application/json", **headers):
        browser = client_of(by or cast.chen)
        return getattr(browser, method)(address, json.dumps(fields), content_type=content_type, **headers)

    return one


def test_a_new_thread_is_refused_with_until_when_and_why(post, silenced, course_key):
    answer = post(THREADS, {"course_id": str(course_key), "raw_body": "x", "title": "x"})
    assert answer.status_code == 403
    said = answer.json()
    assert said["error_code"] == "sanctioned_by_moderators"
    assert "until" in said["developer_message"]
    assert str(silenced.until.year) in said["developer_message"]
    assert "Insults <b>in</b> three posts." in said["developer_message"]  # as it was written: JSON, not a page
    assert "/community/me/" in said["developer_message"]


def test_it_is_said_in_the_persons_language(post, silenced, course_key):
    answer = post(THREADS, {"course_id": str(course_key)}, headers={"accept-language": "fr"})
    with override("fr"):
        from community_dashboard.moderation.sanctions.queries import sanctions_now
        from community_dashboard.moderation.sanctions.words import refusal_of

        (sanction,) = sanctions_now(silenced.user_id, timezone.now()).values()
        expected = refusal_of(sanction)
    assert answer.json()["developer_message"] == expected
    with override("en"):
        assert refusal_of(sanction) != expected


def test_answers_and_edits_are_refused_too(post, silenced, thread):
    number = thread.ref.id
    assert post(COMMENTS, {"thread_id": number, "raw_body": "x"}).status_code == 403
    patched = {"method": "patch", "content_type": PATCH}
    assert post(f"{THREADS}{number}/", {"raw_body": "x"}, **patched).status_code == 403
    assert post(f"{THREADS}{number}/", {"title": "x", "read": True}, **patched).status_code == 403


def test_an_edit_of_a_comment_is_found_by_its_own_number(post, silenced, thread, cast, course_key):
    answer = get_host().reply(by=cast.bo, course_key=course_key, thread_id=thread.ref.id, body="These.")
    address = f"{COMMENTS}{answer.ref.id}/"
    assert post(address, {"raw_body": "x"}, method="patch", content_type=PATCH).status_code == 403


@pytest.mark.parametrize("fields", [{"read": True}, {"voted": True}, {"following": True}, {"abuse_flagged": True}])
def test_reading_voting_following_and_reporting_stay_open(post, silenced, thread, fields):
    answer = post(f"{THREADS}{thread.ref.id}/", fields, method="patch", content_type=PATCH)
    assert (answer.status_code, answer.json()["data"]) == (200, fields)


def test_the_old_pages_get_their_own_shape(client_of, cast, silenced, course_key):
    answer = client_of(cast.chen).post(f"/courses/{course_key}/discussion/threads/12/reply", {"body": "x"})
    assert answer.status_code == 400
    assert str(silenced.until.year) in answer.json()["errors"][0]


def test_others_and_other_courses_are_let_through_whole(post, silenced, cast, elsewhere, course_key):
    fields = {"course_id": str(elsewhere), "raw_body": "Ä long text"}
    assert post(THREADS, fields).json() == {"by": "chen", "data": fields}
    assert post(THREADS, {"course_id": str(course_key)}, by=cast.bo).status_code == 200


def test_a_silence_that_is_over_lets_through(post, cast, course_key):
    then = timezone.now() - timedelta(days=2)
    actions.silence(
        by=cast.bo,
        course_key=course_key,
        user=cast.chen,
        until=then + timedelta(days=1),
        reason="x",
        decision_id=1,
        now=then,
    )
    assert post(THREADS, {"course_id": str(course_key)}).status_code == 200


def test_whoever_has_no_session_is_recognised_as_the_view_does_it(client_of, silenced, course_key):
    def ask(token):
        return client_of(None).post(
            THREADS,
            json.dumps({"course_id": str(course_key)}),
            content_type="application/json",
            headers={"authorization": f"Bearer {token}"},
        )

    assert ask("chen").status_code == 403
    assert ask("bo").json()["by"] == "bo"
    assert ask("expired").json() == {"detail": "expired"}


@pytest.mark.parametrize(
    "body", ["", "not json", "[1]", '{"course_id": 7}', '{"course_id": "no key"}', '{"course_id": null}', "[" * 50_000]
)
def test_what_the_forum_would_not_read_is_left_to_the_forum(client_of, cast, silenced, body):
    browser = client_of(cast.chen)
    browser.raise_request_exception = False
    answer = browser.post(THREADS, body, content_type="application/json")
    assert answer.status_code != 403


@pytest.mark.parametrize("number", ["999999", "no-number", "66f0c0ffee66f0c0ffee66f0"])
def test_a_thread_that_is_gone_is_left_to_the_forum(post, silenced, number):
    assert post(COMMENTS, {"thread_id": number}).status_code == 200


def test_what_is_no_post_costs_no_query_and_a_post_one(rf, cast, silenced, course_key, django_assert_num_queries):
    gate = PostingGate(lambda request: None)

    def passes(request, user):
        request.user = user
        return gate.process_view(request, behind, (), {})

    with django_assert_num_queries(0):
        for request in (rf.get(THREADS), rf.post("/login"), rf.delete(f"{THREADS}1/"), rf.get("/community/me/")):
            assert passes(request, cast.chen) is None
    with django_assert_num_queries(1):
        assert passes(rf.post(THREADS, "{}", content_type="application/json"), cast.bo) is None
    body = json.dumps({"course_id": str(course_key)})
    with django_assert_num_queries(1):
        assert passes(rf.post(THREADS, body, content_type="application/json"), cast.chen).status_code == 403


class TestTheVerbsOfTheHost:
    def test_a_silenced_person_starts_nothing_and_answers_nothing(self, cast, course_key, silenced, thread):
        host = get_host()
        with pytest.raises(NotAllowedError) as refusal:
            host.start_thread(by=cast.chen, course_key=course_key, topic_id="course", title="x", body="x")
        assert silenced.reason in str(refusal.value)
        with pytest.raises(NotAllowedError):
            host.reply(by=cast.chen, course_key=course_key, thread_id=thread.ref.id, body="x")

    def test_but_reads_and_reports(self, cast, course_key, silenced, thread):
        host = get_host()
        assert host.read_post(by=cast.chen, course_key=course_key, ref=thread.ref).title == "Which?"
        assert host.flag_post(by=cast.chen, course_key=course_key, ref=thread.ref).flagged

    def test_switched_off_it_lets_through(self, cast, course_key, silenced, thread, settings):
        settings.COMMUNITY_POSTING_GATE = False
        get_host().reply(by=cast.chen, course_key=course_key, thread_id=thread.ref.id, body="x")


class TestInTheSettings:
    @pytest.mark.parametrize("there", [["a", "b"], ("a", "b"), [GATE, "a", "b"], ["a", GATE, "b"]])
    def test_it_stands_once_and_last_whatever_was_there(self, there, layers_of):
        settings = layers_of(MIDDLEWARE=there)
        for _time in range(2):
            plugin_settings(settings)
            assert settings.MIDDLEWARE == ["a", "b", GATE]

    @pytest.mark.parametrize("nothing", [{}, {"MIDDLEWARE": None}, {"MIDDLEWARE": ()}])
    def test_a_site_without_gets_it(self, nothing, layers_of):
        settings = layers_of(**nothing)
        plugin_settings(settings)
        assert settings.MIDDLEWARE == [GATE]

    def test_the_list_of_the_platform_is_not_changed_in_place(self, layers_of):
        shared = ["a"]
        plugin_settings(layers_of(MIDDLEWARE=shared))
        assert shared == ["a"]

    def test_the_demo_has_it(self, settings):
        assert settings.MIDDLEWARE.count(GATE) == 1

    def test_switched_off_it_is_not_there_at_all(self, settings):
        settings.COMMUNITY_POSTING_GATE = False
        with pytest.raises(MiddlewareNotUsed):
            PostingGate(lambda request: None)

    @pytest.fixture
    def layers_of(self):
        from types import SimpleNamespace

        return lambda **there: SimpleNamespace(SERVICE_VARIANT="lms", **there)


@pytest.fixture
def rf():
    return RequestFactory()
