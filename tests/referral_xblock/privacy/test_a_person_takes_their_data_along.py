"""The file that a person saves at /community/me/: everything of theirs, nothing of others, and no table is forgotten."""

import json

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from referral_xblock import own_data as hook
from referral_xblock.models import Share, Touch
from referral_xblock.own_data import Part, in_pages, own_data, register_own_data, written
from tests.referral_xblock.retirement.conftest import NAMES, life  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

ADDRESS = "/community/me/data/"
# Tables that say that they hold something of a person and have nothing to give to a living one, each with its reason.
NOTHING_TO_GIVE = {
    "community_dashboard.Forgotten": "holds retired accounts alone, and nobody signs in with one",
    "community_dashboard.LearnerToFill": "says for some minutes that the figures in the file are to be reckoned anew",
    "community_dashboard.QueueFinding": "signs of spam, which whoever knows them avoids; the file says so beside the posts",
}


def saved(client):
    response = client.post(ADDRESS)
    assert response.status_code == 200, response
    return json.loads(b"".join(response.streaming_content))


def rows(file, name):
    return file[name]["rows"]


def tables_with_people():
    for label in ("referral_xblock", "community_dashboard"):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if ".. no_pii:" not in (model.__doc__ or ""):
                yield model


@pytest.mark.django_db(transaction=True)
def test_the_file_tells_a_rich_life(life, client_of, cast):  # noqa: F811
    client = client_of(life.user)
    file = saved(client)
    assert file["account"]["username"] == "wilhelmina"
    assert rows(file, "name_on_my_invitations")[0]["name"] == "Wilhelmina F."
    assert {row["they_see"] for row in rows(file, "what_my_inviters_may_see")} == {"stages", "day"}
    codes = {row["code"] for row in rows(file, "my_links")}
    assert {life.own_code, *life.team_codes} <= codes
    assert {row["by"] for row in rows(file, "links_that_brought_me")} == {"link", "code"}
    assert [row["taken_for"] for row in rows(file, "requests_that_became_mine")] == ["person"]
    assert {"registered", "enrolled", "active"} <= {row["what"] for row in rows(file, "what_the_platform_told_of_me")}
    assert {row["course"] for row in rows(file, "my_journeys")} == {str(life.course_key), str(life.other_key)}
    assert rows(file, "invitations_i_was_shown") and rows(file, "what_i_shared")
    assert [row["course"] for row in rows(file, "rules_i_changed_last")] == [str(life.other_key)]
    assert rows(file, "work_still_to_be_done") and rows(file, "my_activity")


@pytest.mark.django_db(transaction=True)
def test_of_a_friend_it_has_what_the_page_shows_and_no_more(life, client_of):  # noqa: F811
    text = json.dumps(saved(client_of(life.user)))
    file = json.loads(text)
    assert any(row.get("stage") == "enrolled" and row["name"] == "" for row in rows(file, "whom_i_brought"))
    assert "eli" not in text.lower().replace("believe", "")
    assert "chen" not in text


def test_nobody_gets_anothers_file(life, client_of, cast):  # noqa: F811
    text = json.dumps(saved(client_of(cast.dara)))
    assert not [name for name in (*NAMES, "Wilhelmina F.", life.own_code) if name in text]


def never_asked(user_id):
    """The tables with people in them that the file of this person is made without."""
    with CaptureQueriesContext(connection) as asked:
        "".join(written({"a": 1}, own_data(user_id)))
    quote = connection.ops.quote_name
    return {
        model._meta.label
        for model in tables_with_people()
        if not any(
            f"{word} {quote(model._meta.db_table)}" in query["sql"]
            for query in asked.captured_queries
            for word in ("FROM", "JOIN")
        )
    }


def test_no_table_with_a_person_in_it_is_forgotten(life):  # noqa: F811
    assert never_asked(life.user.id) - NOTHING_TO_GIVE.keys() == set()


def test_the_exceptions_are_tables_that_there_are():
    assert set(NOTHING_TO_GIVE) <= {model._meta.label for model in tables_with_people()}


def test_a_table_that_nobody_asks_is_noticed(life, monkeypatch):  # noqa: F811
    monkeypatch.delitem(hook._abouts, "sharing")
    assert {"referral_xblock.Share", "referral_xblock.Showing"} <= never_asked(life.user.id)


def test_signed_out_one_signs_in_first(client, db):
    response = client.post(ADDRESS)
    assert response.status_code == 303
    assert "login" in response["Location"] and "community%2Fme" in response["Location"]


def test_it_is_not_kept_by_anybody_on_the_way(client_of, cast):
    response = client_of(cast.chen).post(ADDRESS)
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_link_alone_saves_nothing(client_of, cast):
    assert client_of(cast.chen).get(ADDRESS).status_code == 405


def test_another_sites_form_saves_nothing(cast):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.chen)
    assert client.post(ADDRESS).status_code == 403


def test_it_can_be_had_so_many_times_an_hour(client_of, cast, settings):
    settings.REFERRAL_OWN_DATA_PER_HOUR = 2
    client = client_of(cast.chen)
    assert [client.post(ADDRESS).status_code for _time in range(3)] == [200, 200, 303]
    assert "several times within an hour" in client.get("/community/me/").content.decode()
    assert client_of(cast.dara).post(ADDRESS).status_code == 200


def test_the_page_has_the_button(client_of, cast):
    page = client_of(cast.dara).get("/community/me/").content.decode()
    assert f'action="{ADDRESS}"' in page and "Save my data as a file" in page


def test_the_sentences_are_in_the_readers_language(client_of, cast):
    client = client_of(cast.chen)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    with translation.override("fr"):  # what the page activates is gone afterwards
        file = saved(client)
    assert file["my_links"]["what_this_is"].startswith("Vos liens")
    assert "code" not in file  # the names of the columns stay what they are


def test_a_long_list_is_read_in_pages_and_whole(cast, course_key, now):
    from datetime import timedelta

    Share.objects.bulk_create(
        Share(user=cast.chen, course_key=course_key, channel="copy", day=now.date() - timedelta(days=day))
        for day in range(1201)
    )
    with CaptureQueriesContext(connection) as asked:
        found = list(in_pages(Share.objects.filter(user=cast.chen), day="day"))
    assert len({row["day"] for row in found}) == 1201
    assert len(asked) == 3


def test_what_people_wrote_cannot_break_the_file():
    nasty = '"}], "x": [{"\n</script>\u2028'
    text = "".join(written({"a": nasty}, [Part("one", nasty, [{nasty: nasty}, {"n": None}]), Part("none", "", [])]))
    file = json.loads(text)
    assert file["one"]["rows"] == [{nasty: nasty}, {"n": None}] and file["none"]["rows"] == []


def test_a_domain_registered_twice_stands_once(monkeypatch):
    monkeypatch.setattr(hook, "_abouts", {})
    register_own_data("one", lambda user_id: [Part("old", "", [])])
    register_own_data("one", lambda user_id: [Part("new", "", [{"id": user_id}])])
    assert [part.name for part in own_data(7)] == ["new"]


def test_it_costs_the_same_however_many_links(cast, course_key, link, now):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            "".join(written({"a": 1}, own_data(cast.chen.id)))
        return len(asked)

    before = cost()
    from referral_xblock.links.actions import ensure_links

    ensure_links(owner_id=cast.chen.id, course_key=course_key, placement="", channels=["copy", "qr", "mail"], now=now)
    assert cost() == before
    assert not Touch.objects.filter(user=cast.chen).exists()
