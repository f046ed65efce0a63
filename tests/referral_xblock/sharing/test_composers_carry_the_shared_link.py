"""The address that is shared carries its tags and its code inside every network's composer address."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_xblock.sharing.composer import compose, tag
from referral_xblock.sharing.limits import LINK, count
from referral_xblock.sharing.networks import NETWORKS, network

CODE = "k7qp2x9a"
LINK_ADDRESS = f"https://courses.example.org/r/{CODE}"
CAMPAIGN = "course-v1:Gaïa+POL101+2026"
TEXT = "“Qui visite une fleur ?” & 100 % d’abeilles\nOn y va #1 + 🐝"
OPEN = [one for one in NETWORKS if one.composer]
EACH = pytest.mark.parametrize("one", OPEN, ids=lambda one: one.slug)


def shared_address(slug):
    return tag(LINK_ADDRESS, source=slug, medium=network(slug).medium, campaign=CAMPAIGN)


def values(composer):
    """What the network's program reads from the composer address: every parameter, of the query or of the fragment."""
    assert composer == "".join(composer.split())
    assert composer.isascii()
    parts = urlsplit(composer)
    # As strict readers do: "+" is a plus, so that nothing may rest on its being read as a space.
    pairs = [pair.split("=") for pair in (parts.query or parts.fragment).split("&") if pair]
    return {name: unquote(value, errors="strict") for name, value in pairs}


def found_address(composer):
    """The one address of our host among the values, alone or at the end of the text."""
    ours = [value[value.index(LINK_ADDRESS) :] for value in values(composer).values() if LINK_ADDRESS in value]
    assert len(ours) == 1
    return ours[0]


@EACH
def test_the_shared_link_is_whole_inside_the_composer(one):
    composer = compose(one, url=shared_address(one.slug), text=TEXT, title="Who visits a flower?", hashtags=["MOOC"])
    shared = urlsplit(found_address(composer))
    assert shared.path == f"/r/{CODE}"
    assert parse_qs(shared.query, strict_parsing=True) == {
        "utm_source": [one.slug],
        "utm_medium": [one.medium],
        "utm_campaign": [CAMPAIGN],
    }
    assert urlsplit(composer).netloc != "courses.example.org"
    assert "utm_source=" not in composer  # on the composer's own address nobody would read it


@EACH
def test_the_text_arrives_as_it_was_written(one):
    read = "\n".join(values(compose(one, url=shared_address(one.slug), text=TEXT, title="A title")).values())
    assert (TEXT in read.replace("\r\n", "\n")) == ("text" in one.takes)
    assert ("A title" in read) == ("title" in one.takes)


@EACH
def test_nothing_but_the_address_is_needed(one):
    composer = compose(one, url=shared_address(one.slug), text="")
    assert found_address(composer) == shared_address(one.slug)
    assert all(values(composer).values())


@EACH
@given(text=st.text(max_size=400), title=st.text(max_size=80), hashtags=st.lists(st.text(max_size=20), max_size=6))
@settings(max_examples=25, deadline=None)
def test_whatever_is_written_the_link_stays_whole(one, text, title, hashtags):
    composer = compose(one, url=shared_address(one.slug), text=text, title=title, hashtags=hashtags)
    assert found_address(composer) == shared_address(one.slug)


def test_networks_without_a_composer_have_no_address():
    assert {one.slug for one in NETWORKS if not compose(one, url=LINK_ADDRESS, text="Hi")} == {"slack", "wechat"}


def test_a_mail_has_a_subject_of_one_line_and_line_breaks_of_mail():
    composer = compose(network("email"), url=LINK_ADDRESS, text="Hi\nall", title="One\r\nBcc: everybody@example.org")
    assert composer.startswith("mailto:?subject=One%20Bcc%3A%20")
    assert values(composer)["body"] == f"Hi\r\nall\r\n\r\n{LINK_ADDRESS}"
    long = compose(network("email"), url=shared_address("email"), text="été " * 900, title="été " * 300)
    assert len(long) <= 2000
    assert values(long)["subject"].endswith("…")


def test_a_text_message_opens_on_both_kinds_of_phone():
    assert compose(network("sms"), url=LINK_ADDRESS, text="Hi") == (
        "sms:?&body=Hi%0Ahttps%3A%2F%2Fcourses.example.org%2Fr%2Fk7qp2x9a"
    )


def test_mastodon_text_stays_behind_the_number_sign():
    composer = compose(network("mastodon"), url=LINK_ADDRESS, text="Hi", hashtags=["MOOC"])
    assert urlsplit(composer).query == ""
    assert values(composer) == {"text": f"Hi #MOOC\n{LINK_ADDRESS}"}


def test_hashtags_are_bare_words_and_only_where_they_are_taken():
    tags = ["#MOOC", "MOOC", "open edx!", "", "##", "écologie"]
    assert (
        values(compose(network("x"), url=LINK_ADDRESS, text="Hi", hashtags=tags))["hashtags"] == "MOOC,openedx,écologie"
    )
    assert values(compose(network("threads"), url=LINK_ADDRESS, text="Hi", hashtags=tags))["tag"] == "MOOC"
    assert "MOOC" not in compose(network("whatsapp"), url=LINK_ADDRESS, text="Hi", hashtags=tags)


def test_hashtags_that_leave_no_room_are_dropped():
    read = values(compose(network("bluesky"), url=LINK_ADDRESS, text="Hi", hashtags=["a" * 200, "b" * 200]))["text"]
    assert "#" + "a" * 200 in read
    assert "b" * 200 not in read
    assert count(read, "graphemes") <= 300


def test_a_message_is_shortened_for_the_network():
    read = values(compose(network("x"), url=shared_address("x"), text="Every flower has its visitors. " * 30))
    assert read["text"].endswith("…")
    assert count(f"{read['text']} {read['url']}", "weighted") <= 280


def test_tags_join_an_address_that_has_a_query_already():
    tagged = tag("https://x.example/a?b=1&c=%20d&utm_source=old&e#part", source="x", medium="social", campaign="A & B")
    assert tagged == "https://x.example/a?b=1&c=%20d&e&utm_source=x&utm_medium=social&utm_campaign=A%20%26%20B#part"
    assert tag(tagged, source="x", medium="social", campaign="A & B") == tagged
    assert tag("https://x.example/a", source="x", medium="qr", campaign="c", content="poster").endswith(
        "&utm_content=poster"
    )


@EACH
def test_a_tagged_link_is_one_link_to_the_network(one):
    assert LINK.fullmatch(shared_address(one.slug))
