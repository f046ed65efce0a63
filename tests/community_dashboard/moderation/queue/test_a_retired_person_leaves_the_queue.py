"""Nothing in the queue leads back to a retired account."""

from django.utils import timezone

from community_dashboard.moderation.queue.actions import assign, claim, settle
from community_dashboard.moderation.queue.forgetting import forget_person
from community_dashboard.moderation.queue.keeping import choose_keys, save_filter
from community_dashboard.moderation.queue.models import QueueFinding, QueueItem, SavedFilter, Shortcuts
from community_dashboard.moderation.queue.own_data import own_queue


def test_as_author_and_as_moderator(filled, cast, course_key, now):
    ref, other = filled.queued(cast.chen, name="Chen, of the team"), filled.queued(cast.dara)
    assign(by=cast.bo, course_key=course_key, ref=ref, to=cast.bo, now=now)
    settle(course_key=course_key, ref=other, version=None, by=cast.bo, now=now)
    claim(by=cast.bo, course_key=course_key, ref=ref, now=timezone.now())
    save_filter(by=cast.bo, course_key=course_key, name="Mine", query="")
    choose_keys(by=cast.bo, on=False, keys={})
    for _time in range(2):
        for person in (cast.chen, cast.bo):
            forget_person(user_id=person.id)
    item = QueueItem.objects.get(post_id=ref.id)
    assert (item.author, item.assigned_to, item.claimed_by, item.parts, item.state) == (None, None, None, [], "done")
    assert not QueueFinding.objects.filter(item=item).exists()
    assert QueueItem.objects.get(post_id=other.id).decided_by is None
    assert not SavedFilter.objects.exists() and not Shortcuts.objects.exists()


def test_the_own_data_name_the_posts_and_not_the_signs(filled, cast):
    filled.queued(cast.chen, words="telegram")
    parts = {part.name: list(part.rows) for part in own_queue(cast.chen.id)}
    assert len(parts["my_posts_that_were_looked_at"]) == 1
    assert "telegram" not in str(parts)
