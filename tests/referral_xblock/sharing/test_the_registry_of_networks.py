"""The registry is data: complete, consistent, and with a mark for each network."""

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import referral_xblock
from referral_xblock.sharing.limits import COUNTERS
from referral_xblock.sharing.networks import CHANNELS, NAMES, NETWORKS, channel_slugs, medium, network

SPRITE = Path(referral_xblock.__file__).parent / "public" / "icons.svg"
SVG = "{http://www.w3.org/2000/svg}"
EACH = pytest.mark.parametrize("one", NETWORKS, ids=lambda one: one.slug)


def test_there_are_enough_networks_and_each_is_there_once():
    assert len(NETWORKS) >= 18
    assert len({one.slug for one in NETWORKS}) == len(NETWORKS) == len(set(NETWORKS))
    assert all(network(one.slug) is one for one in NETWORKS)


def test_channels_that_are_no_network_label_links_all_the_same():
    assert set(CHANNELS) == {"copy", "qr", "native", "page", "invitation"}
    assert set(channel_slugs()) == set(CHANNELS) | {one.slug for one in NETWORKS}
    assert len(channel_slugs()) == len(set(channel_slugs()))
    assert [network(slug) for slug in (*CHANNELS, "myspace", "")] == [None] * 7


def test_every_channel_has_its_medium():
    expected = {"x": "social", "email": "email", "whatsapp": "message", "sms": "message", "qr": "qr", "copy": "link"}
    assert {slug: medium(slug) for slug in expected} == expected
    assert medium("unheard-of") == "link"
    assert {medium(slug) for slug in channel_slugs()} == {"social", "email", "message", "qr", "link"}


@EACH
def test_a_network_says_what_it_does(one):
    assert re.fullmatch(r"[a-z]{1,24}", one.slug)
    assert one.name
    assert one.source
    assert one.counts_by in COUNTERS
    assert bool(one.composer) == (one.kind in {"composer", "own_client"})
    assert set(NAMES.findall(one.composer)) <= {"text", "url", "title", "tags", "message"}
    assert not one.composer or "url" in one.takes
    assert "{" not in NAMES.sub("", one.composer)


@EACH
def test_a_network_has_its_mark_in_the_sprite(one):
    assert symbols()[f"icon-{one.slug}"].find(f"{SVG}path").get("d")


def test_the_sprite_has_marks_for_copy_code_and_share_and_nothing_unused():
    assert set(symbols()) == {f"icon-{one.slug}" for one in NETWORKS} | {"icon-copy", "icon-qr", "icon-share"}
    drawings = ["".join(ElementTree.tostring(child, "unicode") for child in symbol) for symbol in symbols().values()]
    assert len(set(drawings)) == len(drawings)


def test_the_sprite_is_small_and_takes_the_colour_of_the_text():
    text = SPRITE.read_text(encoding="utf-8")
    assert len(gzip.compress(text.encode(), 9)) <= 5000
    assert {symbol.get("viewBox") for symbol in symbols().values()} == {"0 0 24 24"}
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', text)) == {"none", "currentColor"}
    assert not re.search(r"style|<script|href|\bon\w+=", text)


def symbols():
    """The symbols of the sprite by id."""
    return {symbol.get("id"): symbol for symbol in ElementTree.parse(SPRITE).getroot()}
