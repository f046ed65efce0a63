"""What learners do in the demo is told as tracking events of the LMS's names, and stands in the record of activity."""

import pytest
from completion.models import BlockCompletion
from eventtracking import tracker

from community_dashboard.models import Activity
from demo.campus.models import Profile
from demo.courseware import actions
from demo.courseware.models import Block
from tests.demo.courseware.exports import as_folder, small


@pytest.fixture
def told(monkeypatch):
    """(name, data, context) of every tracking event."""
    events = []
    send = tracker.get_tracker().routing_backend.send

    def listen(event):
        events.append((event["name"], event["data"], event["context"]))
        send(event)

    monkeypatch.setattr(tracker.get_tracker().routing_backend, "send", listen)
    return events


def recorded(kind):
    return list(Activity.objects.filter(kind=kind).values_list("user_id", "object_id"))


def test_an_opened_unit(moss, people, client_of, told, django_capture_on_commit_callbacks):
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client_of(people.chen).get(f"/courses/{moss.key}/unit/{moss.u1}")
    [first, again] = [event for event in told if event[0].startswith("/xblock/")]
    assert first == again
    assert first[0] == f"/xblock/{moss.u1}"
    assert first[2]["user_id"] == people.chen.id
    assert recorded("opened") == [(people.chen.id, str(moss.u1))]


@pytest.mark.parametrize("name", ["dara", None])
def test_who_may_not_open_it_opens_nothing(moss, people, client_of, told, name, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client_of(getattr(people, name) if name else None).get(f"/courses/{moss.key}/unit/{moss.u1}")
    assert [event for event in told if event[0].startswith("/xblock/")] == []
    assert recorded("opened") == []


def test_an_answered_problem(moss, people, client_of, told, django_capture_on_commit_callbacks):
    Profile.objects.create(user=people.chen)
    with django_capture_on_commit_callbacks(execute=True):
        client_of(people.chen).post(f"/courses/{moss.key}/xblock/{moss.p1}/handler/submit", {"choice": "0"})
    [(_name, data, context)] = [event for event in told if event[0] == "problem_check"]
    assert (data["problem_id"], data["attempts"], data["success"]) == (str(moss.p1), 1, "incorrect")
    assert (context["event_source"], context["module"]["usage_key"]) == ("server", str(moss.p1))
    assert recorded("tried") == [(people.chen.id, str(moss.p1))]


def test_a_film_that_was_read_to_its_end(tmp_path, people, client_of, told, now, django_capture_on_commit_callbacks):
    files = small()
    files["vertical/u1.xml"] = (
        '<vertical display_name="V"><video url_name="v1" display_name="Film" html5_sources="[]"/></vertical>'
    )
    key = actions.load_course(as_folder(tmp_path / "films", files), now)
    film = key.make_usage_key("video", "v1")
    unit = Block.objects.get(usage_key=film).unit
    with django_capture_on_commit_callbacks(execute=True):
        client_of(people.chen).post(f"/courses/{key}/unit/{unit}/read")
    assert BlockCompletion.objects.filter(user=people.chen, block_key=film).exists()
    [(_name, data, context)] = [event for event in told if event[0] == "play_video"]
    assert (data["id"], context["course_id"]) == ("v1", str(key))
    assert recorded("watched") == [(people.chen.id, str(film))]


def test_nobody_is_told_in_studio(moss, people, client_of, told):
    client_of(people.ada).get(f"/studio/{moss.key}/")
    assert [
        event for event in told if event[0] in ("play_video", "problem_check") or event[0].startswith("/xblock")
    ] == []
