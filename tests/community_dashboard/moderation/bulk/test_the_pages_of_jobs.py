"""…/moderation/bulk/: look, begin, watch, stop, undo; and what it says to those who may not."""

import re

import pytest
from django.utils import timezone

from community_dashboard.moderation.bulk.models import BulkJob, BulkStep
from community_dashboard.moderation.bulk.scopes import spell
from demo.campus.actions import give_role
from referral_xblock.api import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(community):
    return f"{community}moderation/bulk/"


def fields_of(html):
    """The fields of the form that begins the job, as a browser would send them."""
    form = html[html.index("moderation-bulk-begin") :]
    return {
        name: value
        for name, value in re.findall(r'name="(\w+)" (?:maxlength="\d+" autocomplete="off" )?value="([^"]*)"', form)
        if name != "csrfmiddlewaretoken"
    }


def test_look_begin_and_undo(cast, client_of, page, posted, body_of):
    refs = posted(2)
    browser = client_of(cast.bo)
    html = browser.get(
        page, {"pick": [spell(ref) for ref in refs], "choice": "hide", "reason": "Advertising"}
    ).content.decode()
    assert "Do it for 2 posts" in html
    assert "Buy honey number 0" in html
    sent = fields_of(html) | {"pick": [spell(ref) for ref in refs]}
    response = browser.post(page, sent)
    job = BulkJob.objects.get()
    assert response.status_code == 303
    assert response["Location"].endswith(f"/moderation/bulk/{job.pk}/")
    html = browser.get(response["Location"]).content.decode()
    assert "is done: 2 of 2" in html
    browser.post(f"{page}{job.pk}/undo/")
    assert "was undone: 2 undone" in browser.get(f"{page}{job.pk}/").content.decode()
    assert all("honey" in body_of(ref) for ref in refs)


def test_an_author_is_named_by_a_post(cast, client_of, page, posted):
    refs = posted(3, queued=False)
    html = client_of(cast.bo).get(page, {"author_of": spell(refs[1]), "choice": "hide"}).content.decode()
    assert "Everything that <bdi>Chen Wei</bdi> wrote" in html
    assert "Do it for 3 posts" in html


def test_the_filter_of_the_queue_is_taken_along(cast, client_of, page, posted):
    posted(2)
    html = client_of(cast.bo).get(page, {"filter": "reason=reported", "choice": "approve"}).content.decode()
    assert "Do it for 2 posts" in html
    assert (
        "Do it for" not in client_of(cast.bo).get(page, {"filter": "reason=held", "choice": "approve"}).content.decode()
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Say why: the authors read it."),
        ({"choice": "delete"}, "Tick this to delete for good."),
        ({"choice": "close"}, "Choose why they are closed."),
        ({"choice": "move"}, "Choose the topic to move them to."),
        ({"choice": "ban"}, "This is decided one by one."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(wrong, sentence, cast, client_of, page, posted):
    refs = posted(1)
    sent = {"choice": "hide", "reason": "Spam", "seen_at": timezone.now().isoformat(), "token": "b" * 32}
    response = client_of(cast.bo).post(page, sent | {"pick": spell(refs[0])} | wrong)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not BulkJob.objects.exists()


def test_a_forged_form_is_refused_in_words(cast, client_of, page, posted):
    response = client_of(cast.bo).post(
        page, {"pick": spell(posted(1)[0]), "choice": "hide", "reason": "x", "token": "no"}
    )
    assert response.status_code == 400
    assert not BulkJob.objects.exists()


def test_nothing_picked_says_what_to_do(cast, client_of, page):
    html = client_of(cast.bo).get(page).content.decode()
    assert "No post is picked" in html


def test_texts_of_learners_stay_texts(cast, client_of, page, posted):
    from community_dashboard.moderation.projection.models import ForumPost

    refs = posted(1)
    ForumPost.objects.update(title="<script>alert(1)</script>", excerpt="<img src=x onerror=alert(1)>")
    html = client_of(cast.bo).get(page, {"pick": spell(refs[0])}).content.decode()
    assert "<script>alert" not in html
    assert "<img" not in html


@pytest.mark.parametrize("address", ["", "1/", "1/stop/", "1/go-on/", "1/undo/"])
@pytest.mark.parametrize("who", ["stranger", "learner", "staff of another course", "data researcher"])
def test_the_door_is_shut(who, address, everybody, client_of, page, posted, begin):
    begin(posted(1))
    browser = client_of(everybody[who])
    method = browser.post if address.endswith(("stop/", "go-on/", "undo/")) else browser.get
    assert method(f"{page}{address}").status_code == 403
    assert BulkStep.objects.get().state == "done"


def test_a_visitor_is_asked_to_sign_in(client_of, page):
    assert client_of().get(page).status_code == 302


def test_course_staff_look_and_are_told_how_to_act(cast, client_of, page, posted, begin):
    refs = posted(1)
    browser = client_of(cast.ada)
    html = browser.get(page, {"pick": spell(refs[0])}).content.decode()
    assert "you need a role in the course’s forum" in html
    assert "Do it for" not in html
    job = begin(refs)
    assert browser.post(f"{page}{job.pk}/undo/").status_code == 403
    assert BulkStep.objects.get().state == "done"
    give_role(user=cast.ada, course_key=job.course_key, role=Role.FORUM_MODERATOR)
    assert browser.post(f"{page}{job.pk}/undo/").status_code == 303


def test_a_job_of_another_course_is_not_found(client_of, everybody, elsewhere, posted, begin):
    job = begin(posted(1))
    address = f"/community/courses/{elsewhere}/moderation/bulk/{job.pk}/"
    browser = client_of(everybody["global staff"])
    assert browser.get(address).status_code == 404
    assert browser.post(f"{address}stop/").status_code == 404


def test_the_end_of_a_job_is_said_by_the_region_that_stays(cast, client_of, page, posted, begin):
    job = begin(posted(1))
    browser, said = client_of(cast.bo), 'id="bulk-said" role="status"'
    part = browser.get(f"{page}{job.pk}/?part=progress").content.decode()
    assert f'{said} hx-swap-oob="innerHTML">This is done: 1 of 1.' in " ".join(part.split())
    BulkJob.objects.update(state="running")
    assert said not in browser.get(f"{page}{job.pk}/?part=progress").content.decode()
    whole = browser.get(f"{page}{job.pk}/").content.decode()
    assert whole.count(said) == 1
    assert f"{said}></p>" in whole  # silent while it goes on
