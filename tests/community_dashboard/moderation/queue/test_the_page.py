"""The page of the queue without JavaScript, and what htmx gets of it."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.queue.models import SavedFilter, Shortcuts
from community_dashboard.moderation.queue.queries import item_of
from community_dashboard.moderation.sanctions.queries import sanction_on
from demo.dashboard_host import DashboardHost

HTMX = {"HX-Request": "true"}


@pytest.fixture
def bo(cast, client_of):
    """bo's browser."""
    return client_of(cast.bo)


@pytest.fixture
def press(bo, queue_url, course_key):
    """`press(ref, "hide", reason="…")` presses that button as the page shows it."""

    def pressed(ref, choice, *, by=bo, headers=None, **fields):
        version = fields.pop("version", item_of(course_key, ref).version)
        address = f"{queue_url}item/{ref.kind}/{ref.id}/decide/"
        return by.post(address, {"choice": choice, "version": version, **fields}, headers=headers or {})

    return pressed


def titles(page):
    return re.findall(r'class="queue-title"><bdi>(.*?)</bdi>', page.content.decode())


def test_one_row_per_post_the_most_pressing_first(filled, cast, bo, queue_url):
    filled.queued(cast.chen, "Calm", weight=10)
    pressing = filled.queued(cast.chen, "Pressing", weight=80)
    filled.found(pressing, Reason.URGENT, source="urgency")
    assert titles(bo.get(queue_url)) == ["Pressing", "Calm"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("reason=reported", ["Reported"]),
        ("reason=burning", ["Reported"]),
        ("topic=hive", ["Elsewhere"]),
        ("assignee=me", []),
        ("state=done", []),
        ("author=9", ["Reported", "Elsewhere", "Old"]),
    ],
)
def test_the_address_holds_the_filter(filled, cast, bo, queue_url, query, shown):
    filled.queued(cast.chen, "Reported", reason=Reason.REPORTED, source="reports", weight=0)
    elsewhere = filled.forum.thread(cast.chen, "Elsewhere", commentable_id="hive")
    filled.read(elsewhere)
    filled.found(elsewhere)
    filled.queued(cast.chen, "Old", hours=30)
    assert sorted(titles(bo.get(f"{queue_url}?{query}"))) == sorted(shown)


def test_a_post_is_opened_with_its_own_text_its_reasons_and_its_score(filled, cast, bo, queue_url):
    body = "<p>In <b>hives</b>?<script>alert(1)</script></p>"
    ref = filled.queued(cast.chen, "Where <script>do</script> bees sleep", body)
    page = bo.get(f"{queue_url}item/thread/{ref.id}/").content.decode()
    assert "<p>In <b>hives</b>?</p>" in page
    assert "Where &lt;script&gt;do" in page and "<script>alert" not in page
    assert "A rule finds it suspect." in page or "The rules see in it" in page
    assert "It has waited for" in page


def test_the_forum_is_asked_for_the_text_of_the_open_post_alone(
    filled, cast, bo, queue_url, django_assert_max_num_queries
):
    body = "A beginning that the list shows. " + "Then words. " * 60 + "And an end that only the open post shows."
    ref = filled.queued(cast.chen, "Long", body)
    assert "an end that only" not in bo.get(queue_url).content.decode()
    assert "an end that only" in bo.get(f"{queue_url}item/thread/{ref.id}/").content.decode()


def test_a_decision_leads_to_the_next_post_and_can_be_undone(filled, cast, bo, queue_url, press, course_key):
    first, second = filled.queued(cast.chen, "First", weight=80), filled.queued(cast.chen, "Second")
    answer = press(first, "hide")
    assert answer.status_code == 303
    assert urlsplit(answer.url).path.endswith(f"/item/thread/{second.id}/")
    page = bo.get(answer.url).content.decode()
    assert "Hidden: First." in page
    undo = re.search(r'action="([^"]*/undo/)"', page)[1]
    assert bo.post(undo).status_code == 303
    assert item_of(course_key, first).state == "open"
    assert Decision.objects.get().state == "undone"


def test_what_is_said_is_said_to_who_did_it_alone(filled, cast, client_of, fay, bo, queue_url, press):
    first = filled.queued(cast.chen, "First")
    answer = press(first, "hide")
    assert "Hidden: First." in bo.get(answer.url).content.decode()
    second = filled.queued(cast.chen, "Second")
    page = client_of(fay).get(f"{queue_url}item/thread/{second.id}/?said={Decision.objects.get().pk}")
    assert "Hidden: First." not in page.content.decode()


def test_the_second_of_two_is_told_who_was_first(filled, cast, client_of, fay, press, course_key):
    ref = filled.queued(cast.chen, "One")
    version = item_of(course_key, ref).version
    assert press(ref, "approve").status_code == 303
    late = press(ref, "hide", by=client_of(fay), version=version, headers=HTMX)
    assert "Bo Lindgren has decided on this already." in late.content.decode()
    assert Decision.objects.count() == 1
    assert item_of(course_key, ref).outcome == "cleared"


def test_htmx_gets_the_pane_alone(filled, cast, bo, queue_url):
    ref = filled.queued(cast.chen)
    pane = bo.get(f"{queue_url}item/thread/{ref.id}/", headers=HTMX).content.decode()
    assert pane.lstrip().startswith("<article") and "<html" not in pane


def test_htmx_gets_what_was_said_the_row_that_goes_and_the_next_post(filled, cast, press):
    first, second = filled.queued(cast.chen, "First", weight=80), filled.queued(cast.chen, "Second")
    answer = press(first, "hide", headers=HTMX).content.decode()
    assert "Hidden: First." in answer
    assert f'id="row-thread-{first.id}" hx-swap-oob="delete"' in answer
    assert f'data-post="thread-{second.id}"' in answer
    filled.queued(cast.chen, "Third", weight=20)
    answer = press(second, "hide", headers=HTMX, shown=f"thread-{int(second.id) + 1}").content.decode()
    assert "<article" not in answer  # the browser shows it already


def test_undoing_puts_the_row_back(filled, cast, bo, queue_url, press):
    ref = filled.queued(cast.chen, "Bees & <wasps>")
    undo = re.search(r'action="([^"]*/undo/)"', press(ref, "hide", headers=HTMX).content.decode())[1]
    answer = bo.post(undo, headers=HTMX).content.decode()
    rows = re.search(r'<ol hx-swap-oob="afterbegin:#queue-rows">(.*?)</ol>', answer, re.DOTALL)[1]
    assert rows.count("<li ") == 1 and f'id="row-thread-{ref.id}" data-open' in rows
    assert "Pick “Bees &amp; &lt;wasps&gt;”" in rows and 'title="Score"' in rows


def test_a_look_ahead_claims_nothing(filled, cast, bo, queue_url, course_key):
    ref = filled.queued(cast.chen)
    bo.get(f"{queue_url}item/thread/{ref.id}/?ahead=yes", headers=HTMX)
    assert item_of(course_key, ref).claimed_by is None
    bo.get(f"{queue_url}item/thread/{ref.id}/")
    item = item_of(course_key, ref)
    assert item.claimed_by == cast.bo and item.claimed_until - item.claimed_since == timedelta(minutes=10)
    bo.get(f"{queue_url}item/thread/{ref.id}/", headers=HTMX)  # such a page says again that it is there
    item = item_of(course_key, ref)
    assert item.claimed_until - item.claimed_since < timedelta(minutes=4)


def test_the_other_moderator_sees_who_looks(filled, cast, bo, client_of, fay, queue_url, course_key):
    ref = filled.queued(cast.chen)
    bo.get(f"{queue_url}item/thread/{ref.id}/")
    page = client_of(fay).get(queue_url).content.decode()
    assert "Bo Lindgren has just opened this." in page
    held = client_of(fay).post(f"{queue_url}item/thread/{ref.id}/hold/", {"over": "yes"}, headers=HTMX)
    assert "data-until" in held.content.decode()
    item = item_of(course_key, ref)  # the page will say again that it is open: three minutes are enough
    assert item.claimed_until - item.claimed_since == timedelta(minutes=3)
    assert "Fay has just opened this." in bo.get(queue_url).content.decode()


def test_what_was_typed_stays_when_something_is_wrong(filled, cast, press):
    ref = filled.queued(cast.chen)
    answer = press(ref, "silence", days="", reason="Too loud, twice")
    assert answer.status_code == 409
    assert "Too loud, twice" in answer.content.decode()
    assert press(ref, "dance").status_code == 400
    assert press(ref, "hold").status_code == 400


def test_a_silence_ends_with_the_day_that_was_chosen(filled, cast, press, course_key):
    from django.utils import timezone

    ref, today = filled.queued(cast.chen), timezone.localdate()
    day = today + timedelta(days=5)
    assert press(ref, "silence", days="1", until_day=day.isoformat(), reason="Please be kind.").status_code == 303
    until = timezone.localtime(sanction_on(cast.chen.id, course_key, timezone.now()).until)
    assert (until.date(), until.hour, until.minute) == (day + timedelta(days=1), 0, 0)
    past = press(ref, "silence", days="1", until_day=(today - timedelta(days=2)).isoformat(), reason="Again")
    assert past.status_code == 409 and "ends in the future" in past.content.decode()
    assert press(ref, "silence", until_day="tomorrow", reason="Again").status_code == 400


def test_each_field_reaches_its_decision(filled, cast, press, course_key, bo, queue_url):
    from django.utils import timezone

    ref = filled.queued(cast.chen)
    assert press(ref, "silence", days="3", reason="Please be kind.").status_code == 303
    assert sanction_on(cast.chen.id, course_key, timezone.now()).reason == "Please be kind."
    assert press(ref, "assign", to=cast.bo.id).status_code == 303
    assert item_of(course_key, ref).assigned_to == cast.bo
    assert press(ref, "snooze", hours="24").status_code == 303
    assert item_of(course_key, ref).state == "snoozed"
    assert set(Decision.objects.values_list("choice", flat=True)) == {Choice.SILENCE, Choice.ASSIGN, Choice.SNOOZE}
    assert "Bees" in str(titles(bo.get(f"{queue_url}?state=snoozed")))


def test_deleting_asks_first(filled, cast, press):
    ref = filled.queued(cast.chen)
    assert press(ref, "delete").status_code == 409
    assert press(ref, "delete", sure="yes").status_code == 303


def test_a_post_that_is_gone_says_so(filled, cast, bo, queue_url, press):
    ref = filled.queued(cast.chen)
    filled.forum.delete(ref)
    page = bo.get(f"{queue_url}item/thread/{ref.id}/")
    assert page.status_code in (200, 404)
    assert "no longer there" in page.content.decode() or "not in the queue" in page.content.decode()
    assert press(ref, "hide").status_code in (409, 404)


def test_an_address_that_names_nothing(filled, bo, queue_url, course_key):
    assert bo.get(f"{queue_url}item/thread/424242/").status_code == 404
    assert bo.get(f"{queue_url}item/picture/1/").status_code == 404
    assert bo.get(f"{queue_url}?page=99999&reason=odd&hours=x").status_code == 200
    assert bo.post(f"{queue_url}let-go/", {"until": "2026-13-45T99:99"}).status_code == 204


def test_a_forum_that_does_not_answer_is_a_sentence(filled, cast, bo, queue_url, press, monkeypatch):
    from community_dashboard.host.errors import UnavailableError

    def broken(*_arguments, **_named):
        raise UnavailableError

    ref = filled.queued(cast.chen)
    monkeypatch.setattr(DashboardHost, "edit_post", broken)
    answer = press(ref, "hide")
    assert answer.status_code == 409
    assert "please try again" in answer.content.decode()


def test_filters_are_kept_by_name(filled, cast, bo, queue_url, client_of, fay):
    bo.post(f"{queue_url}filters/", {"name": "Fire", "query": "reason=burning&page=4&odd=1"})
    assert SavedFilter.objects.get().query == "reason=burning"
    bo.post(f"{queue_url}filters/", {"name": "Fire", "query": "language=fr"})
    assert SavedFilter.objects.get().query == "language=fr"
    assert "Fire" in bo.get(queue_url).content.decode()
    assert "Fire" not in client_of(fay).get(queue_url).content.decode()
    client_of(fay).post(f"{queue_url}filters/{SavedFilter.objects.get().pk}/remove/")
    assert SavedFilter.objects.exists()
    bo.post(f"{queue_url}filters/{SavedFilter.objects.get().pk}/remove/")
    assert not SavedFilter.objects.exists()
    assert bo.post(f"{queue_url}filters/", {"name": "", "query": ""}).status_code == 400


def test_keys_can_be_changed_and_switched_off(filled, cast, bo, queue_url):
    filled.queued(cast.chen)
    assert "approve a" in bo.get(queue_url).content.decode()
    bo.post(f"{queue_url}keys/", {"on": "on", "key_approve": "x"})
    assert "approve x" in bo.get(queue_url).content.decode()
    assert bo.post(f"{queue_url}keys/", {"on": "on", "key_approve": "j"}).status_code == 400
    bo.post(f"{queue_url}keys/", {})
    assert Shortcuts.objects.get().on is False
    assert "data-keys=" not in bo.get(queue_url).content.decode()


def test_an_empty_queue_says_what_will_come(bo, queue_url):
    assert "Nobody waits for you" in bo.get(queue_url).content.decode()


def test_the_overview_counts_and_links(filled, cast, bo, course_key, press):
    ref = filled.queued(cast.chen, reason=Reason.REPORTED, source="reports", weight=0)
    press(ref, "assign", to=cast.bo.id)
    page = bo.get(f"/community/courses/{course_key}/").content.decode()
    assert "post is reported or held." in page and "moderation/?reason=burning" in page
    assert "post is assigned to you." in page and "questions wait too long for an answer." in page
