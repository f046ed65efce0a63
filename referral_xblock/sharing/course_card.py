"""The preview card of a course: what `card.draw` needs to know, in the asker's language."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Course
from referral_xblock.host.chosen import get_host
from referral_xblock.sharing.card import draw

DAY = 86400


def course_card(course: Course) -> bytes:
    """The card as PNG; drawn once a day for each language and title, else from the cache."""
    language = translation.get_language() or "en"
    known_by = f"{course.key}|{course.title}|{course.organisation}|{course.picture_url}|{language}"
    key = "referral-card-" + hashlib.sha256(known_by.encode()).hexdigest()[:32]
    image = cache.get(key)
    if image is None:
        image = draw(
            course_title=course.title,
            organisation=f"{course.organisation} · {course.number}",
            line=_("You are invited to this course"),
            picture=get_host().course_picture(CourseKey.from_string(course.key)),
            language=language,
            font_path=settings.REFERRAL_CARD_FONT,
        )
        cache.set(key, image, DAY)
    return image
