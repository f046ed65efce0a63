"""The public page: what it shows to whom, that it says when a badge no longer holds, and that nobody is named unasked."""

import re
import uuid
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from PIL import Image

from referral_xblock.consent.actions import choose_name
from referral_xblock.models import Badge, Journey
from referral_xblock.rewards import picture
from referral_xblock.rewards.actions import settle_rewards

pytestmark = pytest.mark.django_db(transaction=True)

GUIDE = {"slug": "guide", "counts": "active", "number": 2, "title": "Guide", "badge": "Bee <guide>"}


@pytest.fixture
def badge(friends, milestones, cast, course_key, now, badge_key):
    milestones(GUIDE)
    friends(1, active=True)
    friends(2, active=True)
    settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    return Badge.objects.get()


def address(badge, name=""):
    return f"/community/badges/{badge.public_id}/{name}"


def test_a_stranger_sees_what_it_is_for_and_nobodys_name(badge, client_of, cast):
    answer = client_of().get(address(badge))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Bee &lt;guide&gt;" in page
    assert "Invited 2 people to the course “Bees and other visitors” who completed a first activity." in page
    assert "This badge holds." in page
    assert "Issued on" in page
    assert cast.chen.username not in page
    assert "Save the picture" not in page
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]


def test_it_says_that_it_was_taken_back_and_when(badge, client_of, cast, course_key, now):
    Journey.objects.update(unenrolled_at=now)
    settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    page = client_of().get(address(badge)).content.decode()
    assert "This badge was taken back on March 2, 2026. It no longer holds." in page
    assert "This badge holds." not in page
    own = client_of(cast.chen).get(address(badge)).content.decode()
    assert "The files cannot be saved" in own


def test_an_unknown_number_is_said_in_words(db, client_of):
    for name in ("", "badge.png", "badge.svg"):
        answer = client_of().get(f"/community/badges/{uuid.uuid4()}/{name}")
        assert answer.status_code in (404, 303)
    answer = client_of().get(f"/community/badges/{uuid.uuid4()}/")
    assert answer.status_code == 404
    assert "There is no such badge" in answer.content.decode()
    for name in ("picture.png", "credential.jwt", "credential.json"):
        assert client_of().get(f"/community/badges/{uuid.uuid4()}/{name}").status_code == 404
    assert client_of().get("/community/badges/not-a-number/").status_code == 404


def test_the_files_are_the_owners(badge, client_of, cast):
    for name in ("badge.png", "badge.svg"):
        assert client_of(cast.chen).get(address(badge, name)).status_code == 200
        assert client_of(cast.ada).get(address(badge, name)).status_code == 404
        assert client_of(cast.dara).get(address(badge, name)).status_code == 404
        signed_out = client_of().get(address(badge, name))
        assert signed_out.status_code == 303


def test_the_name_stands_there_only_if_its_owner_wants_it(badge, client_of, cast, now):
    choose_name(user=cast.chen, shown_as="Chen of the hive", now=now)
    assert "Chen of the hive" not in client_of().get(address(badge)).content.decode()
    for person, status in ((cast.dara, 404), (cast.ada, 404), (None, 303)):
        assert client_of(person).post(address(badge, "name/"), {"names_owner": "yes"}).status_code == status
    assert "Chen of the hive" not in client_of().get(address(badge)).content.decode()
    client_of(cast.chen).post(address(badge, "name/"), {"names_owner": "yes"})
    assert "Earned by <bdi>Chen of the hive</bdi>" in client_of().get(address(badge)).content.decode()
    client_of(cast.chen).post(address(badge, "name/"), {"names_owner": ""})
    assert "Chen of the hive" not in client_of().get(address(badge)).content.decode()
    assert client_of(cast.chen).get(address(badge, "name/")).status_code == 405


def test_the_form_on_the_page_passes_the_check_of_its_origin(badge, cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.chen)
    assert client.post(address(badge, "name/"), {"names_owner": "yes"}).status_code == 403
    page = client.get(address(badge)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    sent = client.post(address(badge, "name/"), {"names_owner": "yes", "csrfmiddlewaretoken": token})
    assert sent.status_code == 303
    badge.refresh_from_db()
    assert badge.names_owner


def test_linkedins_form_is_filled_in(badge, client_of, cast, settings):
    from html.parser import HTMLParser

    found = []

    class Links(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append(dict(attrs).get("href", ""))

    Links().feed(client_of(cast.chen).get(address(badge)).content.decode())
    link = next(one for one in found if one.startswith("https://www.linkedin.com/profile/add?"))
    assert parse_qs(urlsplit(link).query) == {
        "startTask": ["CERTIFICATION_NAME"],
        "name": ["Bee <guide>"],
        "organizationName": [settings.PLATFORM_NAME],
        "issueYear": ["2026"],
        "issueMonth": ["3"],
        "certUrl": [f"http://testserver{address(badge)}"],
        "certId": [str(badge.public_id)],
    }


def test_other_methods_change_nothing(badge, client_of):
    for name in ("", "picture.png", "badge.png", "credential.jwt", "credential.json"):
        assert client_of().post(address(badge, name)).status_code == 405


@pytest.mark.parametrize(
    ("name", "course"),
    [
        ("Guide", "Bees and other visitors"),
        ("Der allerlängste Name einer Auszeichnung, den jemand schreibt", "C" * 200),
        ("Ein & <b>\x00\x0b", "\x01 & co"),
        ("蜜蜂向导", "蜜蜂"),
        ("", ""),
    ],
)
def test_the_picture_is_drawn_whatever_the_words(name, course):
    import io

    image = Image.open(io.BytesIO(picture.png(name, course)))
    assert (image.size, image.format) == ((512, 512), "PNG")
    root = ElementTree.fromstring(ElementTree.tostring(picture.svg(name, course)))
    written = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert all(written)
    assert bool(written) == bool(name or course)
