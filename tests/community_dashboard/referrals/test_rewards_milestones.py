"""What can be earned is set on one page: without JavaScript, with sentences for what is wrong, and nothing lost."""

import json

import pytest

from referral_xblock.api import exported_policy, policy_of

pytestmark = pytest.mark.django_db(transaction=True)

RULES = {"reward_budget": "0", "enrolled": "1", "active": "3", "completed": "6"}


@pytest.fixture
def address(course_key):
    return f"/community/courses/{course_key}/growth/rewards/milestones/"


@pytest.fixture
def ada(client_of, cast):
    return client_of(cast.ada)


def rows(*given, **rules):
    fields = {f"m{number}-{name}": value for number, row in enumerate(given) for name, value in row.items()}
    return RULES | rules | fields | {"rows": str(len(given))}


def test_a_first_milestone_is_saved(ada, address, course_key):
    page = ada.get(address).content.decode()
    assert "A new milestone" in page
    sent = rows({"number": "3", "counts": "active", "title": "Guide", "badge": "Bee guide"}, reward_by_hand="on")
    assert ada.post(address, sent).status_code == 303
    policy = policy_of(course_key)
    assert [(one["slug"], one["number"], one["counts"], one["title"]) for one in policy.milestones] == [
        ("active-3", 3, "active", "Guide")
    ]
    assert policy.reward_by_hand is True
    shown = ada.get(address).content.decode()
    assert 'value="Bee guide"' in shown
    assert 'value="active-3"' in shown


def test_an_empty_row_is_none_and_a_ticked_one_goes(ada, address, course_key):
    ada.post(address, rows({"number": "3", "counts": "active", "title": "Guide"}, {}))
    assert len(policy_of(course_key).milestones) == 1
    ada.post(address, rows({"slug": "active-3", "number": "-", "remove": "on"}, {}))
    assert policy_of(course_key).milestones == ()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"number": "0", "counts": "active", "title": "Guide"}, "Please enter a whole number from 1 to 10000."),
        ({"number": "three", "counts": "active", "title": "Guide"}, "Please enter a whole number"),
        ({"number": "3", "title": "Guide"}, "Please choose what is counted."),
        ({"number": "3", "counts": "active"}, "This milestone brings nothing yet"),
        ({"number": "3", "counts": "active", "link": "javascript:alert(1)"}, "Please enter an address that begins"),
        ({"number": "3", "counts": "active", "link": "//evil.example/"}, "Please enter an address that begins"),
        ({"number": "3", "counts": "active", "title": "x" * 61}, "At most 60 fit."),
        ({"number": "3", "counts": "active", "friend_title": "New"}, "Please choose when the friend gets it."),
        ({"number": "3", "counts": "active", "title": "A", "friend_on": "active"}, "Please say what the friend gets"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(ada, address, course_key, row, sentence):
    answer = ada.post(address, rows({"number": "1", "counts": "enrolled", "title": "Kept as typed"}, row))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert "Kept as typed" in page
    assert not policy_of(course_key).milestones


def test_points_may_not_fall(ada, address):
    answer = ada.post(address, rows(enrolled="5", active="3"))
    assert answer.status_code == 400
    assert "the points may not fall" in answer.content.decode()


def test_one_more_row_keeps_everything_typed(ada, address, course_key):
    sent = rows({"number": "three", "counts": "active", "title": "Half done"}, reward_budget="12", add="yes")
    answer = ada.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="rows" value="2"' in page
    for typed in ("Half done", 'value="three"', 'value="12"', 'name="m1-title"'):
        assert typed in page
    assert not policy_of(course_key).milestones


def test_the_settings_page_leaves_them_as_they_are(ada, address, course_key):
    ada.post(
        address, rows({"number": "3", "counts": "active", "title": "Guide"}, reward_by_hand="on", reward_budget="9")
    )
    settings_page = address.replace("rewards/milestones/", "settings/")
    page = ada.get(settings_page).content.decode()
    assert "milestones" not in page.replace("rewards/milestones", "")
    values = {
        name: "\n".join(value) if isinstance(value, list) else value
        for name, value in exported_policy(course_key).items()
        if value is not False
        and value != ""
        and name not in ("milestones", "stage_weights", "reward_budget", "reward_by_hand")
    }
    assert ada.post(settings_page, values | {"window_days": 12}).status_code == 303
    policy = policy_of(course_key)
    assert (policy.window_days, len(policy.milestones), policy.reward_by_hand, policy.reward_budget) == (12, 1, True, 9)


def test_a_file_brings_them_along_and_says_what_is_wrong_in_them(ada, address, course_key):
    from django.core.files.uploadedfile import SimpleUploadedFile

    ada.post(address, rows({"number": "3", "counts": "active", "title": "Guide"}, reward_by_hand="on"))
    settings_page = address.replace("rewards/milestones/", "settings/")
    written = json.loads(ada.get(settings_page + "policy.json").content)
    assert written["policy"]["milestones"][0]["title"] == "Guide"

    def send(policy):
        content = json.dumps({"kind": written["kind"], "policy": policy}).encode()
        return ada.post(settings_page + "import/", {"file": SimpleUploadedFile("policy.json", content)})

    assert send(written["policy"] | {"reward_by_hand": False, "milestones": []}).status_code == 303
    assert (policy_of(course_key).reward_by_hand, policy_of(course_key).milestones) == (False, ())
    assert send(written["policy"]).status_code == 303
    assert exported_policy(course_key) == written["policy"]
    wrong = send(written["policy"] | {"milestones": [{"counts": "kisses", "number": 1, "title": "x"}, 7]})
    assert wrong.status_code == 400
    page = wrong.content.decode()
    assert "1. Please choose what is counted." in page
    assert "2. This is not a milestone." in page
