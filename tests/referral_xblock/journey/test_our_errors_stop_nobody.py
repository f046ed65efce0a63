"""What fails of ours is logged, undone, repaired later; the visitor and the platform go on."""

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from referral_xblock.host.chosen import get_host
from referral_xblock.journey import binding, settling, statements
from referral_xblock.journey import views as journey_views
from referral_xblock.journey.batches import EventKind, note_events
from referral_xblock.journey.ledger import COMPUTED
from referral_xblock.journey.repair import recompute_all
from referral_xblock.links import views as link_views
from referral_xblock.models import Event, Journey
from tests.referral_xblock.journey.walks import come_by, follow, journey_of, register
from tests.referral_xblock.visits import NAVIGATION, browser, open_invitation, press_join, state_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["python", "database"])
def broken(request):
    def fail(*arguments, **named):
        if request.param == "database":
            connection.cursor().execute("SELECT * FROM no_such_table")
        raise RuntimeError("broken")

    return fail


def test_the_page_is_shown_when_its_click_cannot_be_written(link, monkeypatch, broken):
    monkeypatch.setattr(link_views, "record_click", broken)
    assert open_invitation(browser(), link.code)[0].status_code == 200


def test_joining_leads_on_when_it_cannot_be_counted(link, monkeypatch, broken):
    visitor = browser()
    token = open_invitation(visitor, link.code)[1]
    monkeypatch.setattr(link_views, "confirm_person", broken)
    response = press_join(visitor, link.code, token)
    assert response.status_code == 303
    assert "/register" in response["Location"]


def test_the_way_back_leads_to_the_unit_when_nothing_can_be_bound(link, cast, client_of, monkeypatch, broken):
    _visitor, joined = come_by(link)
    monkeypatch.setattr(journey_views, "bind_state", broken)
    response = client_of(cast.bo).get(f"/r/{link.code}/back?s={state_in(joined)}", headers=NAVIGATION)
    assert response.status_code == 303
    assert "/unit/" in response["Location"]


def test_registration_and_enrolment_go_on_when_no_click_can_be_bound(link, course_key, monkeypatch, broken):
    visitor, joined = come_by(link)
    for place, name in ((binding, "bind_clicks"), (settling, "bind_touches")):
        monkeypatch.setattr(place, name, broken)
    follow(visitor, register(visitor, joined["Location"]))
    from django.contrib.auth import get_user_model

    eli = get_user_model().objects.get(username="eli")
    assert get_host().enrolment(eli, course_key).active


@pytest.mark.parametrize("missed", [EventKind.REGISTERED, EventKind.ENROLLED, EventKind.ACTIVE])
def test_what_a_listener_missed_the_repair_puts_right(link, cast, tiny_course, monkeypatch, missed):
    from completion.models import BlockCompletion

    def walk(name):
        visitor, joined = come_by(link)
        follow(visitor, register(visitor, joined["Location"], name))
        user = journey_of(name).user
        BlockCompletion.objects.submit_completion(user=user, block_key=tiny_course.completable[0], completion=1.0)

    def note_others(*, events):
        if missed in {event.kind for event in events}:
            raise DatabaseError("broken")
        note_events(events=events)

    walk("whole")
    with monkeypatch.context() as patch:
        patch.setattr(statements, "note_events", note_others)
        patch.setattr(settling, "reconcile", lambda *arguments, **named: None)
        walk("missed")
    stages = ("status", "registered_at", "enrolled_at", "active_at")
    before = {name: getattr(journey_of("missed"), name) for name in stages}
    recompute_all(now=timezone.now())
    after = {name: getattr(journey_of("missed"), name) for name in stages}
    assert None in before.values()
    assert None not in after.values()
    assert after["status"] == journey_of("whole").status


def test_the_repair_changes_nothing_that_was_right(link):
    visitor, joined = come_by(link)
    follow(visitor, register(visitor, joined["Location"]))
    rows = list(Journey.objects.values(*COMPUTED))
    events = Event.objects.count()
    assert recompute_all(now=timezone.now()) == (1, 0)
    assert (list(Journey.objects.values(*COMPUTED)), Event.objects.count()) == (rows, events)
