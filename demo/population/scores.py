"""The points of the crowd's answers, where they pass as the story says they do."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from demo.courseware.keyvalue import digest_of
from demo.courseware.models import FieldValue
from demo.courseware.queries import course, weights
from demo.population.ground import Ground
from demo.population.story import Story

BATCH = 500
SHARES = {1.0: 62, 0.5: 26, 0.0: 12}  # of the points of one question, how often


def load_scores(story: Story, *, users: dict[int, Any], ground: Ground, seed: int) -> int:
    """Writes the best score of each graded question that was answered; returns how many. Two queries and the inserts.

    Who passes by the story has enough points and the others have not, so that nobody passes in the tables alone.
    """
    points, about = weights(ground.course_key), course(ground.course_key)
    enough = about.passing_share * sum(points.values()) if about else 0.0
    random, rows = Random(f"{seed}/scores"), []
    for learner in story.learners:
        answered = [name for name in ground.names[: len(learner.studies.completed)] if name in points]
        user_id = users[learner.number].id
        shares = draw_scores(
            random,
            points=[points[name] for name in answered],
            enough=enough,
            passes=learner.studies.passed_at is not None,
        )
        rows += [
            FieldValue(
                digest=digest_of("user_state", name, user_id, "xblock.v1", "score"),
                scope="user_state",
                scope_id=name,
                user_key=str(user_id),
                field_name="score",
                value=share,
            )
            for name, share in zip(answered, shares, strict=True)
        ]
    FieldValue.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def draw_scores(random: Random, *, points: Sequence[float], enough: float, passes: bool) -> list[float]:
    """A share of the points for each answered question; together they are `enough` for who passes, and less for others."""
    shares = random.choices(list(SHARES), weights=list(SHARES.values()), k=len(points))
    for place in random.sample(range(len(points)), len(points)):
        earned = sum(share * most for share, most in zip(shares, points, strict=True))
        if (earned >= enough) == passes:
            break
        shares[place] = float(passes)
    return shares
