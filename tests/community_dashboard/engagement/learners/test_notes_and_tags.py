"""What the team notes about learners and by which tags it finds them: who may, what is logged, what is forgotten."""

from __future__ import annotations

import re
from html import unescape

import pytest

from community_dashboard.access.visits import RefusedError
from community_dashboard.engagement.learners import actions
from community_dashboard.engagement.learners.errors import LearnerError, NotInCourseError
from community_dashboard.engagement.learners.models import LearnerAct, LearnerNote, LearnerTag
from community_dashboard.engagement.learners.own_data import own_notes
from community_dashboard.engagement.learners.queries import labels_of, log_of, notes_on, tagged, tags_of


@pytest.fixture
def pupil(school_class):
    """The third of the class."""
    return school_class.pupils[3]


@pytest.fixture
def act(school_class, cast, pupil, now):
    """`act("add_note", text="…")` by ada on the pupil."""

    def one(name, *, by=cast.ada, user_id=pupil.id, course_key=school_class.course_key, **values):
        return getattr(actions, name)(by=by, course_key=course_key, user_id=user_id, now=now, **values)

    return one


class TestNotes:
    def test_a_note_is_kept_with_its_author_and_shown(self, act, pupil, school_class, cast, client_of):
        assert act("add_note", text="  Asked for more time.\nSays so twice. ")
        (note,) = notes_on(school_class.course_key, pupil.id)
        assert (note.text, note.by) == ("Asked for more time.\nSays so twice.", cast.ada.id)
        text = client_of(cast.ada).get(school_class.url(pupil)).content.decode()
        assert "Asked for more time.<br>Says so twice." in text

    def test_the_same_words_twice_are_one_note(self, act, pupil, school_class):
        assert act("add_note", text="Twice")
        assert not act("add_note", text=" Twice ")
        assert len(notes_on(school_class.course_key, pupil.id)) == 1
        assert len(log_of(school_class.course_key, pupil.id)) == 1

    def test_anybody_of_the_team_removes_it_once(self, act, pupil, school_class, everybody):
        act("add_note", text="Away")
        (note,) = notes_on(school_class.course_key, pupil.id)
        assert act("remove_note", by=everybody["global staff"], note_id=note.id)
        assert not act("remove_note", note_id=note.id)
        assert notes_on(school_class.course_key, pupil.id) == []
        assert [line.what for line in log_of(school_class.course_key, pupil.id)] == ["unnoted", "noted"]

    def test_a_note_on_another_learner_is_not_removed(self, act, pupil, school_class):
        act("add_note", text="Stays")
        (note,) = notes_on(school_class.course_key, pupil.id)
        assert not act("remove_note", user_id=school_class.pupils[0].id, note_id=note.id)
        assert notes_on(school_class.course_key, pupil.id)

    @pytest.mark.parametrize("text", ["", "  \n ", "x" * 2001])
    def test_nothing_and_too_much_are_refused_in_words(self, act, text):
        with pytest.raises(LearnerError, match="Please"):
            act("add_note", text=text)

    def test_hostile_words_are_words(self, act, pupil, school_class, cast, client_of):
        act("add_note", text="<script>alert(1)</script><img src=x onerror=alert(1)>")
        act("add_tag", label='"><script>x</script>')
        text = client_of(cast.ada).get(school_class.url(pupil)).content.decode()
        assert "<script>alert" not in text and "<img src=x" not in text and '"><script>x' not in text
        listed = client_of(cast.ada).get(f"/community/courses/{school_class.course_key}/learners/?columns=tags")
        assert "<script>x" not in listed.content.decode()


class TestTags:
    def test_a_tag_is_given_once_however_it_is_written(self, act, pupil, school_class):
        assert act("add_tag", label="  Needs   time ")
        assert not act("add_tag", label="needs TIME")
        assert tags_of(school_class.course_key, [pupil.id]) == {pupil.id: ["Needs time"]}
        assert labels_of(school_class.course_key) == [("Needs time", 1)]
        assert tagged(school_class.course_key, "NEEDS time") == (pupil.id,)

    def test_letters_that_databases_hold_for_the_same_are_two(self, act, pupil, school_class):
        assert act("add_tag", label="élève")
        assert act("add_tag", label="eleve")
        assert len(tags_of(school_class.course_key, [pupil.id])[pupil.id]) == 2

    def test_it_is_taken_away_once(self, act, pupil, school_class):
        act("add_tag", label="Tutor")
        assert act("remove_tag", label="tutor")
        assert not act("remove_tag", label="Tutor")
        assert tags_of(school_class.course_key, [pupil.id]) == {}
        assert [(line.what, line.label) for line in log_of(school_class.course_key, pupil.id)] == [
            ("untagged", "tutor"),
            ("tagged", "Tutor"),
        ]

    @pytest.mark.parametrize("label", ["", "   ", "\u200b", "x" * 41])
    def test_what_will_not_do_is_refused_in_words(self, act, label):
        with pytest.raises(LearnerError, match="Please"):
            act("add_tag", label=label)

    def test_there_is_an_end_to_tags(self, act):
        for number in range(actions.MOST_TAGS):
            act("add_tag", label=f"tag {number}")
        with pytest.raises(LearnerError, match="at most"):
            act("add_tag", label="one more")


class TestWhoMay:
    @pytest.mark.parametrize(
        "who", ["stranger", "learner", "moderator", "group moderator", "staff of another course", "data researcher"]
    )
    def test_the_action_refuses_everybody_else(self, act, everybody, who):
        for name, values in (
            ("add_note", {"text": "x"}),
            ("add_tag", {"label": "x"}),
            ("remove_tag", {"label": "x"}),
            ("remove_note", {"note_id": 1}),
        ):
            with pytest.raises(RefusedError):
                act(name, by=everybody[who], **values)
        assert not LearnerNote.objects.exists() and not LearnerTag.objects.exists() and not LearnerAct.objects.exists()

    def test_nobody_is_noted_about_who_is_not_of_the_course(self, act, cast, pupil, elsewhere, everybody):
        with pytest.raises(NotInCourseError):
            act("add_note", user_id=cast.dara.id, text="x")
        with pytest.raises(NotInCourseError):
            act("add_tag", by=everybody["global staff"], course_key=elsewhere, label="x")
        with pytest.raises(NotInCourseError):
            act("add_note", user_id=-pupil.id, text="x")

    def test_who_is_retired_gets_no_note(self, act, pupil):
        from community_dashboard.retirement import forget_retired

        forget_retired(pupil)
        with pytest.raises(NotInCourseError):
            act("add_note", text="x")


class TestOnThePage:
    def send(self, client, school_class, pupil, part, **values):
        return client.post(school_class.url(pupil) + part, values)

    def test_a_note_and_a_tag_are_sent_and_removed(self, school_class, pupil, cast, client_of):
        client = client_of(cast.ada)
        response = self.send(client, school_class, pupil, "notes/", text="By the form")
        assert response.status_code == 303
        assert "The note is kept" in client.get(response["Location"]).content.decode()
        assert self.send(client, school_class, pupil, "tags/", label="Formed").status_code == 303
        text = client.get(school_class.url(pupil)).content.decode()
        assert "By the form" in text and "Formed" in text
        assert "ada" in text.partition("Who noted and tagged")[2].lower()
        remove = unescape(
            re.search(
                r'action="([^"]+/remove/)"[^>]*><input[^>]*><button class="learner-small" aria-label="Remove', text
            )[1]
        )
        assert client.post(remove).status_code == 303
        assert self.send(client, school_class, pupil, "tags/remove/", label="Formed").status_code == 303
        assert notes_on(school_class.course_key, pupil.id) == []
        assert tags_of(school_class.course_key, [pupil.id]) == {}

    @pytest.mark.parametrize(
        ("part", "values"),
        [("notes/", {"text": " "}), ("notes/", {"text": "x" * 2001}), ("tags/", {"label": "x" * 41})],
    )
    def test_what_is_wrong_stands_beside_the_field_with_what_was_written(
        self, school_class, pupil, cast, client_of, part, values
    ):
        response = self.send(client_of(cast.ada), school_class, pupil, part, **values)
        text = response.content.decode()
        assert response.status_code == 400
        assert 'aria-invalid="true"' in text and 'role="alert"' in text
        (written,) = values.values()
        assert written in text

    def test_for_somebody_who_is_gone_it_is_the_page_of_nobody(self, school_class, pupil, cast, client_of, page):
        assert client_of(cast.ada).post(page + "person/x/notes/", {"text": "x"}).status_code == 404

    def test_a_list_is_narrowed_by_a_tag_of_the_page(self, school_class, pupil, cast, client_of, names_in):
        client = client_of(cast.ada)
        self.send(client, school_class, pupil, "tags/", label="Ça & là")
        text = client.get(school_class.url(pupil)).content.decode()
        link = unescape(re.search(r'<li class="learners-tag"><a href="([^"]+)"', text)[1])
        assert names_in(cast.ada, link)[0] == ["Pupil 03"]


class TestForgetting:
    def test_all_of_it_goes_with_the_learner_and_the_log_stays_without_the_name(self, act, pupil, school_class):
        act("add_note", text="Words about Pupil")
        act("add_tag", label="Pupils")
        for _turn in range(2):
            actions.forget_person(user_id=pupil.id)
        assert not LearnerNote.objects.exists() and not LearnerTag.objects.exists()
        assert sorted(LearnerAct.objects.values_list("user", "label", "what")) == [
            (None, "", "noted"),
            (None, "", "tagged"),
        ]

    def test_what_a_retired_author_wrote_stays_without_the_name(
        self, act, pupil, school_class, cast, client_of, everybody
    ):
        act("add_note", by=everybody["global staff"], text="Stays")
        act("add_tag", by=everybody["global staff"], label="Stays too")
        actions.forget_person(user_id=everybody["global staff"].id)
        assert set(LearnerNote.objects.values_list("by", flat=True)) == {None}
        assert set(LearnerTag.objects.values_list("by", flat=True)) == {None}
        assert set(LearnerAct.objects.values_list("by", flat=True)) == {None}
        text = client_of(cast.ada).get(school_class.url(pupil)).content.decode()
        assert "An account that is gone" in text and "gus" not in text

    def test_the_platforms_retirement_does_it(self, act, pupil):
        from community_dashboard.retirement import forget_retired

        act("add_note", text="Gone soon")
        forget_retired(pupil)
        assert not LearnerNote.objects.exists()


def test_the_learner_reads_all_of_it_in_the_own_data_and_nobodys_name(act, pupil, cast):
    act("add_note", text="About you")
    act("add_tag", label="Yours")
    told = {part.name: list(part.rows) for part in own_notes(pupil.id)}
    assert [row["text"] for row in told["team_notes_about_me"]] == ["About you"]
    assert [row["tag"] for row in told["tags_on_me"]] == ["Yours"]
    assert len(told["team_acts_on_me"]) == 2
    assert "ada" not in str(told) and told["my_notes_on_learners"] == []
    own = {part.name: list(part.rows) for part in own_notes(cast.ada.id)}
    assert [row["text"] for row in own["my_notes_on_learners"]] == ["About you"]
    assert own["team_notes_about_me"] == []
    assert "pupil" not in str(own).lower()
