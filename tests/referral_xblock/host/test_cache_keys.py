"""What is kept of a course stands under a key that every cache takes."""

from opaque_keys.edx.keys import CourseKey

from referral_xblock.api import cache_key


def test_the_longest_course_key_fits_into_memcached():
    longest = CourseKey.from_string("course-v1:" + "a" * 120 + "+" + "b" * 80 + "+" + "c" * 43)
    key = cache_key("community-places-fr", longest)
    assert len(str(longest)) == 255
    assert len(key) < 100
    assert key.isascii()
    assert not any(sign.isspace() for sign in key)


def test_courses_and_things_are_told_apart_and_always_found_again():
    one, other = (CourseKey.from_string(f"course-v1:Campus+BEES101+{run}") for run in (2026, 2027))
    keys = [cache_key(what, course) for what in ("community-outline", "community-blocks") for course in (one, other)]
    assert len(set(keys)) == 4
    assert cache_key("community-outline", one) == keys[0]
