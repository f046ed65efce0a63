"""What an id stands for, and what those of Django's system checks of both packages mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much it matters."""

    ERROR = "error"  # something does not work
    WARNING = "warning"  # it works, but less or less safely than it could
    NOTE = "note"  # good to know


@dataclass(frozen=True)
class Meaning:
    """What an id stands for."""

    id: str
    severity: Severity
    meaning: str
    hint: str


E, W = Severity.ERROR, Severity.WARNING

SYSTEM_CHECKS = (
    Meaning("referral.E001", E, "REFERRAL_HOST names nothing that can be used.", "Leave it out in the LMS."),
    Meaning("referral.E002", E, "A REFERRAL_* setting is of the wrong kind.", "The hint has the right one."),
    Meaning("referral.E003", E, "A REFERRAL_* setting is out of range or empty.", "The hint has the range."),
    Meaning("referral.E004", E, "REFERRAL_CARD_FONT is no font that can be read.", "Mend the path or leave it out."),
    Meaning("referral.E005", E, "Our own font is missing.", "Install the package again."),
    Meaning("referral.E006", E, "A key for badges cannot be used.", "The sentence says why; see docs/badges.md."),
    Meaning("referral.W001", W, "A REFERRAL_* setting that we do not know.", "Look for a misspelling."),
    Meaning(
        "referral.W002", W, "REFERRAL_HASH_SALT is the default.", "Set a random text once, before people share links."
    ),
    Meaning("referral.W003", W, "Our addresses are written to the tracking log.", "Mend TRACKING_IGNORE_URL_PATTERNS."),
    Meaning("referral.W004", W, "The two salts are the same.", "Give REFERRAL_HASH_SALT another value."),
    Meaning("referral.W005", W, "There is no key for badges.", "Make one, or give no badges; see docs/badges.md."),
    Meaning("community.E001", E, "The dashboard is installed without referral_xblock.", "Install both apps."),
    Meaning("community.E002", E, "COMMUNITY_HOST names nothing that can be used.", "Leave it out in the LMS."),
    Meaning("community.E003", E, "A COMMUNITY_* setting is of the wrong kind.", "The hint has the right one."),
    Meaning("community.E004", E, "A COMMUNITY_* setting is out of range or empty.", "The hint has the range."),
    Meaning("community.W001", W, "A COMMUNITY_* setting that we do not know.", "Look for a misspelling."),
    Meaning(
        "community.W002", W, "A filter step of ours is not in the final settings.", "Mend OPEN_EDX_FILTERS_CONFIG."
    ),
    Meaning(
        "community.W003", W, "Our folder of Mako files is not in the final settings.", "Mend MAKO_TEMPLATE_DIRS_BASE."
    ),
    Meaning("community.W004", W, "Our gate before the forum is not in the final settings.", "Mend MIDDLEWARE."),
)
