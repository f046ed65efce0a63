"""The columns of the list: what each is called, and which stand there before anybody chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from community_dashboard.activity.rollup.people import MOMENTS, SORTS


@dataclass(frozen=True)
class Column:
    """One fact of each learner. The list can be ordered by those that are in `SORTS`, each along an index."""

    key: str  # a column of `LearnerState`, or "tags"
    title: Any
    figure: bool = True  # a number, which stands at the end of its column

    @property
    def sorts(self) -> bool:
        """Whether the list can be ordered by it."""
        return self.key in SORTS

    @property
    def moment(self) -> bool:
        """Whether it is a time."""
        return self.key in MOMENTS or self.key.endswith("_at")


COLUMNS: dict[str, Column] = {
    column.key: column
    for column in (
        Column("enrolled_at", _("Enrolled"), figure=False),
        Column("started_at", _("Started"), figure=False),
        Column("last_at", _("Last seen"), figure=False),
        Column("days", _("Active days")),
        Column("progress", _("Progress")),
        Column("grade", _("Grade")),
        Column("completed", _("Parts completed")),
        Column("watched", _("Videos, about")),
        Column("tried", _("Problems, about")),
        Column("passed_at", _("Passed"), figure=False),
        Column("certified_at", _("Certificate"), figure=False),
        Column("posts", _("Posts")),
        Column("answers", _("Answers")),
        Column("invited", _("Invited")),
        Column("risk", _("At risk"), figure=False),
        Column("mode", _("Track"), figure=False),
        Column("cohort", _("Cohort"), figure=False),
        Column("left_at", _("Left"), figure=False),
        Column("tags", _("Tags"), figure=False),
    )
}
USUAL = ("started_at", "last_at", "progress", "grade", "posts", "answers", "invited", "risk")
