"""One learner in ten sees no prompt, always the same ones."""

from referral_xblock.policy.holdout import in_holdout


def drawn(course: str, learners: range) -> set[int]:
    return {user_id for user_id in learners if in_holdout(user_id, course, salt="s")}


def test_the_draw_is_stable():
    assert drawn("course-v1:A+B+C", range(2000)) == drawn("course-v1:A+B+C", range(2000))


def test_about_a_tenth_is_held_out():
    # 20,000 draws of a tenth: five standard deviations are 212.
    assert abs(len(drawn("course-v1:A+B+C", range(20_000))) - 2000) < 212


def test_courses_draw_independently():
    both = drawn("course-v1:A+B+C", range(20_000)) & drawn("course-v1:X+Y+Z", range(20_000))
    assert abs(len(both) - 200) < 71
