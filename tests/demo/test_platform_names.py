"""The published apps run outside the LMS: completion's web API and the forum answer."""

import json
from importlib import import_module

import pytest


def test_completion_answers_and_knows_who_is_enrolled(cast, tiny_course, client_of):
    def send(browser, username):
        blocks = {str(tiny_course.completable[0]): 1.0}
        batch = {"username": username, "course_key": str(tiny_course.course_key), "blocks": blocks}
        return browser.post("/api/completion/v1/completion-batch", json.dumps(batch), "application/json").status_code

    assert send(client_of(), "chen") == 401
    assert send(client_of(cast.dara), "dara") == 400
    assert send(client_of(cast.chen), "chen") == 200


def test_the_forum_keeps_its_threads_in_this_database(cast, course_key):
    from forum import api

    thread = api.create_thread("Hello", "Bees?", str(course_key), str(cast.chen.id))
    assert thread["id"].isdigit()  # a document store would give 24 hexadecimal digits


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("openedx.core.djangoapps.user_api.accounts.signals", "USER_RETIRE_MAILINGS"),
        ("openedx.core.djangoapps.user_api.accounts.signals", "USER_RETIRE_LMS_CRITICAL"),
        ("lms.djangoapps.grades.signals.signals", "PROBLEM_WEIGHTED_SCORE_CHANGED"),
    ],
)
def test_a_name_of_the_platform_can_be_imported(module, name):
    assert hasattr(import_module(module), name)


def test_what_nobody_stubbed_stays_unknown():
    with pytest.raises(ImportError):
        import_module("lms.djangoapps.courseware.access")
