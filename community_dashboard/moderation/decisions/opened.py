"""The post that a moderator has open: its text, why it is here, and what can be decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.host.errors import ForumError
from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.about_author import AboutAuthor, about_author
from community_dashboard.moderation.decisions.asking import Ask, asks_of
from community_dashboard.moderation.decisions.below import Below, answers_to
from community_dashboard.moderation.decisions.queries import choices_for, text_to_judge
from community_dashboard.moderation.projection.queries import posts_in
from community_dashboard.moderation.queue.desk import Desk, claimed_words, held_until, names_of, points_of, topic_names
from community_dashboard.moderation.queue.queries import findings_of, ref_of
from community_dashboard.moderation.queue.score import Part, age_part
from community_dashboard.moderation.queue.text import ShownText, shown_text
from community_dashboard.moderation.queue.words import finding_words, part_words, points_words, since_words
from community_dashboard.moderation.sanctions.queries import sanction_on


@dataclass(frozen=True)
class Opened:
    """Everything that the pane shows of one post."""

    item: Any
    url: str
    post: Any  # its row in the projection, None if there is none
    title: str
    answer: bool
    author: str
    about_author: str  # a sentence where a silence or a ban is in force
    topic: str
    cohort: str
    waits: str
    text: ShownText | None  # None: there is nothing to read, `sentence` says why
    masked: bool
    overwritten: bool
    sentence: str
    seen: str
    beginning: str  # of the thread, for an answer
    thread_url: str  # the thread's own item
    why: list[str]
    parts: list[tuple[str, str]]  # of the score: words, points
    points: str
    claimed: str
    until: str  # to when the reader holds it, "" if they do not
    assigned: str
    decided: str
    asks: list[Ask] = field(default_factory=list)
    answers: Sequence[Below] = ()
    more_answers: bool = False
    known: AboutAuthor | None = None

    @property
    def row_id(self) -> str:
        """As in the list."""
        return f"{self.item.kind}-{self.item.post_id}"

    @property
    def first(self) -> list[Ask]:
        """The buttons."""
        return [ask for ask in self.asks if ask.group == "first"]

    @property
    def groups(self) -> list[tuple[str, list[Ask]]]:
        """The rest by what it is about."""
        names = (("post", _("The post")), ("author", _("Its author")), ("work", _("Your work")))
        found = [(words, [ask for ask in self.asks if ask.group == name]) for name, words in names]
        return [(words, asks) for words, asks in found if asks]


def open_item(desk: Desk, item: Any, *, whole: bool = False) -> Opened:
    """Reads the post from the forum and everything around it. Some twenty queries; the forum's own where it is in MongoDB."""
    ref = ref_of(item)
    posts = posts_in(desk.course_key, {ref, PostRef(PostKind.THREAD, item.thread_id)})
    post, thread = posts.get(ref), posts.get(PostRef(PostKind.THREAD, item.thread_id))
    text, sentence = None, ""
    try:
        text = text_to_judge(by=desk.reader, course_key=desk.course_key, ref=ref)
    except ForumError as error:
        sentence = str(error)
    else:
        sentence = "" if text else _("This post is no longer there.")
    may = choices_for(by=desk.reader, course_key=desk.course_key, posts=[post]).get(ref, []) if post else []
    names = names_of(
        number for number in (item.author_id, item.claimed_by_id, item.assigned_to_id, item.decided_by_id) if number
    )
    sanction = sanction_on(item.author_id, desk.course_key, desk.now)
    age = age_part(item.waits_since, desk.now)
    topics = topic_names(desk.course_key)
    cohorts = {cohort.id: cohort.name for cohort in get_host().cohorts(desk.course_key)} if item.group_id else {}
    asks = asks_of(desk, item, may, text=text, topics=topics, language=item.language, sanctioned=sanction is not None)
    answers, more = answers_to(desk, item)
    return Opened(
        item=item,
        url=desk.url_of(item),
        post=post,
        title=(thread.title if thread else "") or (text.title if text else "") or _("Without a title"),
        answer=item.kind == PostKind.COMMENT,
        author=names.get(item.author_id, "") if item.author_id else "",
        about_author=_sanction_words(sanction),
        topic=topics.get(item.topic_id, ""),
        cohort=cohorts.get(item.group_id, ""),
        waits=since_words(item.waits_since, desk.now),
        text=shown_text(text.body, whole=whole) if text else None,
        masked=bool(text and text.masked),
        overwritten=bool(text and text.overwritten),
        sentence=sentence,
        seen=text.seen if text else "",
        beginning=thread.excerpt if thread and item.kind == PostKind.COMMENT else "",
        thread_url=_thread_url(desk, item),
        why=[finding_words(Reason(row.reason), row.code, row.facts) for row in findings_of(item)],
        parts=_parts(item, age) if item.pk else [],
        points=points_of(item, desk.now),
        claimed=claimed_words(item, desk, names),
        until=held_until(item, desk),
        assigned=names.get(item.assigned_to_id, "") if item.assigned_to_id else "",
        decided=names.get(item.decided_by_id, "") if item.decided_by_id else "",
        asks=asks,
        answers=answers,
        more_answers=more,
        known=about_author(desk, item.author_id),
    )


def _parts(item: Any, age: Part) -> list[tuple[str, str]]:
    """What counts, as it would be rounded; what rounds to nothing is left out."""
    told = [(part["name"], part["code"], part["facts"], part["points"]) for part in item.parts]
    told.append((age.name, age.code, age.facts, age.points))
    return [
        (part_words(name, code, facts), points_words(points)) for name, code, facts, points in told if round(points)
    ]


def _thread_url(desk: Desk, item: Any) -> str:
    if item.kind == PostKind.THREAD:
        return ""
    return reverse("community_dashboard:moderation_item", args=[str(desk.course_key), "thread", item.thread_id])


def _sanction_words(sanction: Any) -> str:
    if sanction is None:
        return ""
    if sanction.kind == Choice.BAN:
        return _("The author is banned from this course’s forum.")
    return _("The author is silenced.")
