"""The log: who did what and why, what led to what, filters, pages, the file, and the buttons."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from community_dashboard.access.sealing import sealed
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.sanctions.queries import sanction_on

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def now():
    """The pages look at the real clock."""
    return timezone.now().replace(microsecond=0) - timedelta(hours=2)


@pytest.fixture
def log(course_key):
    return f"/community/courses/{course_key}/moderation/log/"


@pytest.fixture
def hidden(desk, thread):
    return desk.decide(thread, Choice.HIDE, f"Shouting. {SCRIPT}")


def text(answer):
    return answer.content.decode()


def rows(page):
    """The numbers of the decisions on a page, in its order."""
    return [int(number) for number in re.findall(r'<tr id="decision-(\d+)"', page)]


def saved(browser, address):
    answer = browser.get(address)
    assert answer.streaming
    found = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(found))), found


def test_who_may_open_it(client_of, everybody, log, hidden):
    may = {"moderator", "group moderator", "course staff", "global staff"}
    for name, person in everybody.items():
        for address in (log, log + "log.csv"):
            expected = 302 if person is None else 200 if name in may else 403
            assert client_of(person).get(address).status_code == expected, (name, address)


def test_an_empty_log_says_what_will_be_there(client_of, cast, log):
    assert "Nothing was decided yet" in text(client_of(cast.bo).get(log))


def test_a_line_has_who_what_why_before_and_after(client_of, cast, desk, thread, log, hidden):
    closed = desk.decide(thread, Choice.PIN)
    page = text(client_of(cast.bo).get(log))
    assert rows(page) == [closed.pk, hidden.pk]
    for words in ("Hidden", "Pinned", "not pinned → pinned", "text shown → text hidden", "Bo", "Chen Wei"):
        assert words in page
    assert "Shouting. &lt;script&gt;" in page
    assert SCRIPT not in page


def test_a_rule_is_named_as_a_rule(client_of, cast, desk, thread, log, somebody):
    desk.decide(thread, Choice.HOLD, "shortener", by=somebody("moderator", username="robot"), automatic=True)
    page = text(client_of(cast.bo).get(log))
    assert "a rule, as" in page
    assert "A rule of the course found it suspect." in page


def test_causes_and_consequences_are_linked(client_of, cast, desk, thread, log, hidden):
    warned = desk.decide(thread, Choice.WARN, "Please be kind.", cause=hidden.pk)
    desk.decide(thread, Choice.PIN)
    page = text(client_of(cast.bo).get(log))
    assert "Because of: Hidden" in page
    assert f"decision={hidden.pk}" in page
    assert f"kind=thread&amp;post={thread.id}" in page
    assert rows(text(client_of(cast.bo).get(f"{log}?decision={hidden.pk}"))) == [warned.pk, hidden.pk]
    assert rows(text(client_of(cast.bo).get(f"{log}?decision={warned.pk}"))) == [warned.pk, hidden.pk]


class TestFilters:
    @pytest.fixture
    def made(self, desk, thread, answer, hidden, somebody):
        """By name: what bo, a second moderator and a rule decided."""
        mo, robot = somebody("moderator", username="mo"), somebody("moderator", username="robot")
        return {
            "hidden": hidden,
            "pinned": desk.decide(thread, Choice.PIN, by=mo),
            "held": desk.decide(answer, Choice.HOLD, "shortener", by=robot, automatic=True),
            "warned": desk.decide(answer, Choice.WARN, "Kindly.", by=mo),
        }

    def test_each_alone(self, client_of, cast, course_key, log, made, answer, thread):
        def found(**asked):
            page = text(client_of(cast.bo).get(log, asked))
            return {name for name, row in made.items() if row.pk in rows(page)}

        author = made["held"].subject_id
        assert found(by=sealed(made["pinned"].actor_id, course_key)) == {"pinned", "warned"}
        assert found(choice="hide") == {"hidden"}
        assert found(how="rules") == {"held"}
        assert found(how="people") == {"hidden", "pinned", "warned"}
        assert found(author=sealed(author, course_key)) == {"held", "warned"}
        assert found(kind="comment", post=answer.id) == {"held", "warned"}
        assert found(kind="thread", post=thread.id, choice="pin") == {"pinned"}
        today = timezone.localtime().date()
        assert found(start=today - timedelta(days=1), end=today) == set(made)
        assert found(end=today - timedelta(days=2)) == set()
        assert found() == set(made)

    def test_the_address_holds_the_state(self, client_of, cast, course_key, log, made):
        by = sealed(cast.bo.id, course_key)
        page = text(client_of(cast.bo).get(log, {"by": by, "choice": "hide"}))
        assert f'value="{by}" selected' in page
        assert '<option value="hide" selected>' in page
        assert re.search(r"log\.csv\?[^\"]*choice=hide", page)

    @pytest.mark.parametrize(
        "query",
        ["by=7", "author=damaged", "choice=fly", "how=x", "start=yesterday", "start=2026-05-02&end=2026-05-01",
         "decision=x", "before=-1", "kind=thread&post=../..", "start=0001-01-01"],
    )  # fmt: skip
    def test_what_makes_no_sense_is_said_and_shows_nothing(self, client_of, cast, log, made, query):
        for address in (log, log + "log.csv"):
            assert client_of(cast.bo).get(f"{address}?{query}").status_code == 400
        assert rows(text(client_of(cast.bo).get(f"{log}?{query}"))) == []

    def test_an_account_sealed_for_another_course_opens_nothing(self, client_of, cast, elsewhere, log, made):
        assert client_of(cast.bo).get(log, {"author": sealed(cast.chen.id, elsewhere)}).status_code == 400

    def test_no_number_of_an_account_stands_in_an_address(self, client_of, cast, log, made):
        page = text(client_of(cast.bo).get(log))
        for asked in re.findall(r'href="\?([^"]*)"', page):
            assert not re.search(rf"(author|by)={cast.chen.id}(&|$)", asked)


class TestPages:
    def test_they_go_on_by_the_index_and_cost_the_same(
        self, client_of, cast, desk, thread, log, settings, django_assert_max_num_queries
    ):
        settings.COMMUNITY_PAGE_SIZE = 4
        made = [desk.decide(thread, Choice.WARN, f"Reason {number}.").pk for number in range(11)]
        same = Decision.objects.get(pk=made[0]).made_at  # several at one moment lose nobody
        Decision.objects.filter(pk__in=made[3:7]).update(made_at=same + timedelta(minutes=2))
        browser, seen, address = client_of(cast.bo), [], log
        while address:
            with django_assert_max_num_queries(45):
                page = text(browser.get(address))
            seen += rows(page)
            following = re.search(r'href="(\?[^"]*)" rel="next"', page)
            address = log + following[1].replace("&amp;", "&") if following else ""
        assert sorted(seen) == made
        assert len(seen) == len(set(seen))

    def test_a_number_that_is_not_there_shows_an_empty_page(self, client_of, cast, log, hidden):
        assert client_of(cast.bo).get(log + "?before=999999999").status_code == 200

    def test_another_courses_decisions_are_nowhere(self, client_of, somebody, elsewhere, log, hidden, course_key):
        outsider = client_of(somebody("moderator", where=elsewhere, username="out"))
        there = log.replace(str(course_key), str(elsewhere))
        assert rows(text(outsider.get(there))) == []
        assert rows(text(outsider.get(f"{there}?decision={hidden.pk}"))) == []
        assert len(saved(outsider, there + "log.csv")[0]) == 0
        for act in ("undo", "lift"):
            assert outsider.post(f"{there}{hidden.pk}/{act}/").status_code == 409
        assert Decision.objects.get(pk=hidden.pk).state == "done"


def test_a_group_moderator_sees_and_saves_the_own_cohort(
    client_of, cast, course_key, somebody, desk, thread, log, hidden
):
    from demo.forum.models import Cohort, CohortMember

    red, blue = (client_of(somebody("group_moderator", cohort=name)) for name in ("Red", "Blue"))
    CohortMember.objects.create(user=cast.chen, course_key=course_key, cohort=Cohort.objects.get(name="Red"))
    assert rows(text(red.get(log))) == [hidden.pk]
    assert rows(text(blue.get(log))) == []
    assert len(saved(red, log + "log.csv")[0]) == 1
    assert saved(blue, log + "log.csv")[0] == []


class TestTheFile:
    def test_without_identity_it_names_nobody(self, client_of, cast, desk, thread, log, hidden):
        desk.decide(thread, Choice.NOTE, text="chen is a friend of bo.")
        for reader in (cast.bo, cast.ada):
            found, whole = saved(client_of(reader), log + "log.csv")
            assert [row["choice"] for row in found] == ["hide", "note"]
            assert len({row["author"] for row in found}) == 1
            for name in ("chen", "Chen", "Shouting", "example.org", "friend"):
                assert name not in whole.lower() if name.islower() else name not in whole

    def test_with_identity_it_has_names_and_words(self, client_of, everybody, log, hidden):
        (row,), _whole = saved(client_of(everybody["global staff"]), log + "log.csv")
        assert (row["author_username"], row["decided_by_username"]) == ("chen", "bo")
        assert row["reason"].startswith("Shouting.")
        assert row["change"] == "text shown → text hidden"

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " ="])
    def test_no_cell_is_a_formula(self, client_of, everybody, desk, thread, log, start):
        Decision.objects.filter(pk=desk.decide(thread, Choice.WARN, "x").pk).update(reason=f"{start}cmd|'/c calc'!A1")
        (row,), _whole = saved(client_of(everybody["global staff"]), log + "log.csv")
        assert row["reason"].startswith("'")

    def test_the_filter_holds_for_the_file(self, client_of, cast, desk, thread, log, hidden):
        pinned = desk.decide(thread, Choice.PIN)
        found, _whole = saved(client_of(cast.bo), log + "log.csv?choice=pin")
        assert [int(row["decision"]) for row in found] == [pinned.pk]

    def test_it_is_read_in_pieces(self, client_of, cast, desk, thread, log, hidden, monkeypatch):
        from community_dashboard.moderation.decisions import logbook

        made = [hidden.pk, *(desk.decide(thread, Choice.WARN, f"Reason {number}.").pk for number in range(6))]
        moment = Decision.objects.get(pk=made[1]).made_at  # several at one moment lose nobody
        Decision.objects.filter(pk__in=made[1:6]).update(made_at=moment)
        monkeypatch.setattr(logbook, "PAGE", 3)
        found, _whole = saved(client_of(cast.bo), log + "log.csv")
        assert [int(row["decision"]) for row in found] == made


class TestTheButtons:
    def test_undo(self, client_of, cast, desk, thread, log, hidden):
        browser = client_of(cast.bo)
        answer = browser.post(f"{log}{hidden.pk}/undo/")
        assert answer.status_code == 303
        page = text(browser.get(answer["Location"]))
        assert "Undone." in page
        assert "undone by Bo" in page
        assert f"{hidden.pk}/undo/" not in page

    def test_what_cannot_be_undone_has_no_button_and_says_why_when_tried(self, client_of, cast, desk, thread, log):
        deleted = desk.decide(thread, Choice.DELETE, sure="yes")
        browser = client_of(cast.bo)
        assert f"{deleted.pk}/undo/" not in text(browser.get(log))
        answer = browser.post(f"{log}{deleted.pk}/undo/")
        assert answer.status_code == 409
        assert 'role="alert"' in text(answer)

    def test_course_staff_look_and_touch_nothing(self, client_of, cast, log, hidden):
        browser = client_of(cast.ada)
        page = text(browser.get(log))
        assert "you need a role in the course" in page
        assert "/undo/" not in page
        assert browser.post(f"{log}{hidden.pk}/undo/").status_code == 403
        assert Decision.objects.get(pk=hidden.pk).state == "done"

    def test_who_cannot_post_stands_above_and_may_be_let_post_again(
        self, client_of, cast, course_key, desk, thread, log
    ):
        banned = desk.decide(thread, Choice.BAN, f"Spam. {SCRIPT}")
        browser = client_of(cast.bo)
        page = text(browser.get(log))
        assert "Who cannot post now" in page
        assert "The platform’s forum knows no bans." in page
        assert SCRIPT not in page
        assert client_of(cast.ada).post(f"{log}{banned.pk}/lift/").status_code == 403
        assert browser.post(f"{log}{banned.pk}/lift/").status_code == 303
        assert sanction_on(cast.chen.id, course_key, timezone.now()) is None
        assert Decision.objects.get(choice="lift").cause_id == banned.pk
        assert "Who cannot post now" not in text(browser.get(log))

    @pytest.mark.parametrize("act", ["undo", "lift"])
    def test_a_decision_that_is_not_there(self, client_of, cast, log, hidden, act):
        assert client_of(cast.bo).post(f"{log}999999/{act}/").status_code == 409
        assert client_of(cast.bo).get(f"{log}{hidden.pk}/{act}/").status_code == 405


def test_a_retired_author_has_left_the_log(client_of, cast, log, hidden):
    from community_dashboard.moderation.decisions.forgetting import forget_person

    forget_person(user_id=cast.chen.id)
    page = text(client_of(cast.bo).get(log))
    assert rows(page) == [hidden.pk]
    assert "Chen" not in page
    assert "Shouting" not in page
    assert len(saved(client_of(cast.bo), log + "log.csv")[0]) == 1
