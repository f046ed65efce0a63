"""What a learner pastes is read kindly and judged strictly."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_xblock.data import Audience, Policy
from referral_xblock.sharing.invitees import Finding, as_address, judge, limit, split


def anybody(_address):
    return True


def findings(pasted, *, own="chen@example.org", answers=None, admits=anybody):
    return [line.finding.value for line in judge(split(pasted), own=own, answers=answers or {}, admits=admits)]


@pytest.mark.parametrize(
    "pasted",
    [
        "a@x.org\nb@y.org",
        "a@x.org\r\nb@y.org\r\n",
        "a@x.org\rb@y.org",
        "a@x.org, b@y.org;",
        "a@x.org b@y.org",
        "Ann Other <a@x.org>, Bob <b@y.org>",
        '"Other, Ann" <a@x.org>\n"Bo; b" b@y.org',
        "mailto:a@x.org\n<b@y.org>.",
        "Ann a@x.org\n\n\tBob (b@y.org)",
        "\u200ba@x.org\n\u202eb@y.org",
        "a＠x.org\nb@y.org",
    ],
)
def test_a_list_is_read_however_it_was_pasted(pasted):
    assert split(pasted) == ["a@x.org", "b@y.org"]


@pytest.mark.parametrize(
    "entry",
    [
        "nobody", "a@b", "@x.org", "a@", "a..b@x.org", ".a@x.org", "a@x..org", "a@-x.org", "a@x.123", "a@[192.0.2.1]",
        "a@192.0.2.1", "a b@x", "é@x.org", "a@straße.example", "a@retired.invalid", "a@localhost", "a@x.org@", "a\x00@x",
        "a" * 65 + "@x.org", "a@" + "x" * 64 + ".org", "a@" + "x." * 130 + "org", "a@x_y.org", '"a b"@x.org', "a@xn--a.org",
    ],
)  # fmt: skip
def test_what_mail_cannot_be_sent_to_is_said_so(entry):
    assert as_address(entry) == ""


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ("A.b+c@X.ORG", "A.b+c@x.org"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
        ("a@例え.jp", "a@xn--r8jz45g.jp"),
        ("o'neil_x@mail.univ.example", "o'neil_x@mail.univ.example"),
    ],
)
def test_an_address_goes_out_with_an_ascii_domain(entry, address):
    assert as_address(entry) == address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ada@gmial.com", "ada@gmail.com"),
        ("ada@gmail.co", "ada@gmail.com"),
        ("ada@hotmial.fr", "ada@hotmail.fr"),
        ("ada@yaho.fr", "ada@yahoo.fr"),
        ("ada@gmаil.com", "ada@gmail.com"),  # a Cyrillic letter
    ],
)
def test_a_slip_in_a_well_known_domain_is_asked_about(typed, meant):
    (line,) = judge(split(typed), own="chen@example.org", answers={}, admits=anybody)
    assert (line.finding, line.suggestion) == (Finding.SLIP, meant)
    (corrected,) = judge(split(typed), own="chen@example.org", answers={1: "correct"}, admits=anybody)
    assert (corrected.finding, corrected.address) == (Finding.VALID, meant)
    (kept,) = judge(split(typed), own="chen@example.org", answers={1: "keep"}, admits=anybody)
    assert (kept.finding, kept.address) == (Finding.VALID, as_address(typed))


@pytest.mark.parametrize("domain", ["mail.com", "gmx.net", "live.fr", "univ.example", "ens.fr", "me.com", "fnac.fr"])
def test_a_domain_that_is_one_is_not_asked_about(domain):
    assert findings(f"ada@{domain}") == ["valid"]


def test_ones_own_domain_is_no_slip():
    assert findings("ada@gmial.com", own="chen@gmial.com") == ["valid"]


def test_the_same_mailbox_counts_once_and_ones_own_not_at_all():
    assert findings("a@x.org, A@X.org, a+b@x.org") == ["valid", "repeated", "repeated"]
    assert findings("b.o@gmail.com bo@googlemail.com") == ["valid", "repeated"]
    assert findings("Chen+me@Example.org") == ["own"]
    assert findings("bo@gmail.com bo@gmial.com", answers={2: "correct"}) == ["valid", "repeated"]


def test_a_course_for_some_domains_takes_those():
    policy = Policy(audience=Audience.DOMAINS, allowed_domains=("univ.example",))
    assert findings("a@univ.example b@x.org", admits=policy.admits) == ["valid", "outside"]


def test_the_rest_of_the_day_goes_to_the_first_lines():
    lines = judge(split("a@x.org, b@x.org, c@x.org, nobody, d@x.org"), own="", answers={}, admits=anybody)
    judged = limit(lines, unreachable={"a@x.org"}, room=2)
    assert [line.finding.value for line in judged] == ["unreachable", "valid", "valid", "not_an_address", "limit"]


@given(st.text(max_size=300))
def test_whatever_is_pasted_gives_addresses_fit_for_a_header(pasted):
    for line in judge(split(pasted), own="chen@example.org", answers={}, admits=anybody):
        assert line.address.isascii()
        assert line.address.isprintable()
        assert not set(line.address) & set(' \r\n,;<>"')
        assert len(line.typed) <= 120


def test_ten_thousand_characters_are_read_in_no_time():
    for pasted in ("a@b.c " * 1666, "@" * 10_000, "<" * 10_000, "a." * 5000 + "@x.org", '"' * 10_000, "é" * 10_000):
        started = time.process_time()
        judge(split(pasted)[:50], own="chen@example.org", answers={}, admits=anybody)
        assert time.process_time() - started < 0.5
