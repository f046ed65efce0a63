"""Text from people is hostile: what the desk shows of it."""

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community_dashboard.moderation.queue.text import SHOWN, shown_text


def test_script_style_frames_and_forms_are_gone():
    body = '<p onclick="x()">Hi<script>alert(1)</script><style>p{}</style></p><iframe src="//x"></iframe><form><input>Yes</form>'
    assert shown_text(body).body == "<p>Hi</p>Yes"


def test_links_tell_nobody_where_the_reader_came_from_and_lead_nowhere_odd():
    shown = shown_text('<a href="javascript:x()">a</a> <a href="https://example.com" target=_top>b</a>').body
    rel = 'rel="nofollow noopener noreferrer"'
    assert shown == f'<a {rel}>a</a> <a href="https://example.com" {rel}>b</a>'


def test_pictures_are_named_and_not_loaded():
    shown = shown_text("<img src='http://evil.example/qr.png?a=1&amp;b=2'> ![x](http://two.example/p.gif)")
    assert "<img" not in shown.body
    assert shown.pictures == ("http://evil.example/qr.png?a=1&b=2", "http://two.example/p.gif")


def test_headings_do_not_mix_with_those_of_the_page():
    assert shown_text("<h1>Look</h1>").body == "<strong>Look</strong>"


def test_plain_text_keeps_its_lines():
    assert shown_text("one\ntwo < three").plain
    assert shown_text("one\ntwo < three").body == "one\ntwo &lt; three"
    assert not shown_text("<p>one</p>").plain


def test_a_megabyte_is_cut_and_quick():
    began = time.process_time()
    shown = shown_text("<b>" + "x <i>" * 200_000)
    assert time.process_time() - began < 1
    assert shown.cut and len(shown.body) < 4 * SHOWN


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="<>\"'/= abcscriptonimgsrc:&;", max_size=300))
def test_nothing_executable_comes_through(body):
    shown = shown_text(body).body.lower()
    assert "<script" not in shown and "<img" not in shown
