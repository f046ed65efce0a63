"""The desk and the forum of the decisions' own tests."""

from tests.community_dashboard.moderation.decisions.conftest import (  # noqa: F401  (fixtures)
    Desk,
    answer,
    desk,
    forum,
    somebody,
    thread,
)
