"""What the shield makes of single posts. How often it is right is measured by `make benchmark-shield`."""

from datetime import timedelta

import pytest

from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.shield.judging import Facts, judge, look, weigh
from community_dashboard.moderation.shield.rules import Mode, Rules, Sign, from_json, to_json
from tests.people import NOW

TEAM = (("cmartin", "Claire Martin"), ("h_lagarde", "Hervé Lagarde"))
LURE = "Your account is pending, contact the official support on WhatsApp https://wa.me/15550001234"


def post(body: str, *, title: str = "", **more) -> Facts:
    """A post of a learner of long standing, unless `more` says otherwise."""
    known = {"username": "jeanne", "joined_at": NOW - timedelta(days=90), "has_lasted": True, "team": TEAM}
    return Facts(title=title, body=body, posted_at=NOW, **(known | more))


def new(body: str, **more) -> Facts:
    """A first post from an account of this morning."""
    return post(body, joined_at=NOW - timedelta(hours=3), has_lasted=False, **more)


def signs(facts: Facts) -> set[Sign]:
    return set(look(facts).signs)


@pytest.mark.parametrize(
    ("body", "sign"),
    [
        ("See https://bit.ly/3xYz", Sign.SHORTENER),
        ("see bit.ly/3xYz please", Sign.SHORTENER),
        ("[here](https://tinyurl.com/abcd)", Sign.SHORTENER),
        ('<a href="http://is.gd/abcd">here</a>', Sign.SHORTENER),
        ("hxxps://bit[.]ly/3xYz", Sign.SHORTENER),
        ("Écrivez-nous sur WhatsApp +33 6 12 34 56 78", Sign.CONTACT),
        ("write to me on W h a t s A p p: 1 555 000 12 34", Sign.CONTACT),
        ("contact me: someone(at)gmail(dot)com", Sign.CONTACT),
        ("https://docs.google.com/document/d/1/edit", Sign.HOSTED_PAGE),
        ("https://somebody.github.io/page", Sign.HOSTED_PAGE),
        ("Have a look at https://www.some-unknown-place.net/page", Sign.LINK),
        ("https://bit.ly/abc", Sign.BARE_LINK),
        ("![qr code](https://i.imgur.com/x.png)", Sign.QR_PICTURE),
        ("Scannez ce code : <img src=https://i.imgur.com/x.png>", Sign.QR_PICTURE),
        ("![](https://api.qrserver.com/v1/create-qr-code/?data=x)", Sign.QR_PICTURE),
        ("Great article! Also check [cheap flights](https://www.flights-now.com)", Sign.LINK_BUILDING),
        ("Buy bitcoin here https://www.place.com/x", Sign.TRADE),
        ("Contact the support team on https://wa.me/1555000", Sign.SPEAKS_FOR_TEAM),
        ("Votre compte doit être vérifié : https://www.place.com/x", Sign.PRESSURE),
        ("The аnswer is here", Sign.DISGUISE),  # a Cyrillic letter
        ("𝐒𝐮𝐩𝐩𝐨𝐫𝐭", Sign.DISGUISE),
    ],
)
def test_each_sign_is_seen(body, sign):
    assert sign in signs(post(body))


@pytest.mark.parametrize(
    "body",
    [
        "Bonjour à tous, ravie d'être ici",
        "I work in the support team of a hospital and my manager called me a moderator.",
        "See https://fr.wikipedia.org/wiki/Abeille and https://youtu.be/abcdefg and https://doi.org/10.1000/x",
        "The course page /courses/course-v1:A+B+C/about does not load, question 3.4 either. e.g. 1.2.3",
        "Στην Ελλάδα και в России",  # words of other alphabets are no disguise
        "E.g. the U.S.A. and Ph.D. students, i.e. us",
        "My phone number of steps: 12 345 678 901 steps a year",
        "https://www.education.gouv.fr/page and https://www.ox.ac.uk/x",
    ],
)
def test_honest_texts_show_no_sign(body):
    assert signs(post(body)) == set()


def test_no_sign_alone_holds_whatever_its_points():
    for body in (
        "See https://bit.ly/3xYz for the map of the garden",
        "My group: https://chat.whatsapp.com/abc for Dakar people",
    ):
        assert not judge(post(body), Rules(limit=40)).hold or len(judge(post(body), Rules(limit=40)).signs) > 1
    assert not judge(post("Buy bitcoin at this place, they said"), Rules(limit=40)).hold


def test_a_name_an_age_and_haste_never_hold_a_text_without_anything_in_it():
    facts = new("Hello everybody", username="claire_martin_admin", name="Claire Martin", posts_in_hour=50, held_in_hour=50,
                after_thread=timedelta(seconds=2))  # fmt: skip
    verdict = judge(facts, Rules())
    assert verdict.points > 100 and not verdict.hold
    assert {finding.reason for finding in verdict.findings} == {Reason.IMPERSONATION}


def test_a_lure_is_held_and_says_why():
    verdict = judge(new(LURE), Rules())
    assert verdict.hold
    held = next(finding for finding in verdict.findings if finding.reason is Reason.HELD)
    assert {"contact", "speaks_for_team", "pressure", "new_author"} <= set(str(held.facts["signs"]).split(","))
    assert held.facts["points"] == sum(verdict.signs.values()) and 0 <= held.weight <= 100


def test_a_rule_that_only_shows_does_not_hold_and_one_that_is_off_is_not_seen():
    text = Rules(modes={Sign.CONTACT: Mode.FLAG, Sign.SPEAKS_FOR_TEAM: Mode.FLAG, Sign.PRESSURE: Mode.OFF})
    verdict = judge(new(LURE), text)
    assert not verdict.hold
    assert Sign.CONTACT in verdict.signs and Sign.PRESSURE not in verdict.signs
    assert [finding.reason for finding in verdict.findings] == [Reason.SUSPECT]


def test_the_same_text_counts_from_the_courses_number_on_and_only_if_it_leads_somewhere():
    text = "The solution is explained step by step at https://www.place-of-mine.net/x"
    assert Sign.SAME_TEXT not in judge(post(text, same_text=2), Rules()).signs
    assert Sign.SAME_TEXT in judge(post(text, same_text=3), Rules()).signs
    assert Sign.SAME_TEXT not in judge(post("Bienvenue !", same_text=40), Rules()).signs


@pytest.mark.parametrize(
    ("username", "name", "points"),
    [
        ("claire_martin_admin", "", 60),
        ("martinclairemoderator7", "", 60),
        ("сlаіre.martin", "", 60),
        ("cla1remart1n", "", 60),
        ("x", "Claire Martin", 40),
        ("claire.martin78", "Claire Martin", 40),
        ("prof_svt_arles", "", None),
        ("course_moderator9", "", 30),
        ("ＡＤＭＩＮ", "", 60),
        ("moderato_cantabile", "Elsa Moderato", None),
        ("Stafford", "Stafford Hughes", None),
        ("steam_team_93", "", 30),
        ("martin", "Jean Martin", None),
    ],
)
def test_names_like_those_of_the_team(username, name, points):
    assert look(post("Hello", username=username, name=name)).signs.get(Sign.STAFF_NAME) == points


def test_watched_words_hold_alone_if_the_team_says_so():
    rules = Rules(watched=("gold rush", "Café*"), watched_mode=Mode.HOLD)
    for body in ("The GOLD  RUSH begins", "les cafés du coin", "G o l d r u s h", "сafe"):
        verdict = judge(post(body), rules)
        assert verdict.hold == (body != "G o l d r u s h"), body
    assert not judge(post("golden rush hour"), rules).hold
    shown = judge(post("a gold rush"), Rules(watched=("gold rush",)))
    assert not shown.hold and [finding.reason for finding in shown.findings] == [Reason.WATCHED]
    assert judge(post("a gold rush"), Rules(watched=("gold rush",), watched_mode=Mode.OFF)).findings == ()


def test_a_link_to_the_platform_itself_is_no_sign():
    facts = post("https://campus.example.org/courses/x", own_hosts=frozenset({"campus.example.org"}))
    assert signs(facts) == set()


def test_rules_can_be_kept_and_what_is_unknown_is_left_out():
    rules = Rules(modes={Sign.LINK: Mode.OFF}, limit=90, watched=("x",), watched_mode=Mode.HOLD, names=("Ada",))
    assert from_json(to_json(rules)) == rules
    assert from_json({}) == Rules()
    strange = {
        "modes": {"gone": "hold", "link": "sometimes", "trade": "off"},
        "limit": 9_999,
        "watched": "no",
        "names": None,
    }
    assert from_json(strange) == Rules(modes={Sign.TRADE: Mode.OFF})


def test_a_trace_is_weighed_like_the_text():
    facts = new(LURE, posts_in_hour=9, same_text=9, held_in_hour=99)
    assert weigh(look(facts), Rules()).signs == judge(facts, Rules()).signs


@pytest.mark.parametrize(
    "piece", ["a.", "![", "[a](", "<a ", "<img ", "1 ", "a@", "а", "\u200b", "http://", "h t t p ", "()", "a_b "]
)
def test_a_megabyte_of_anything_is_judged_soon(piece):
    from time import process_time

    body = piece * (1_000_000 // len(piece))
    begun = process_time()
    judge(post(body, title=body[:255]), Rules())
    assert process_time() - begun < 1
