"""What the templates of this package need beyond Django: words for slugs, addresses of the files in `public/`."""

from __future__ import annotations

from django import template

from referral_xblock.data import Stage
from referral_xblock.journey.words import STAGES, TELLINGS, missing

register = template.Library()
register.filter("missing_in_words", missing)


@register.filter
def stage_in_words(stage: Stage) -> str:
    """How far a friend came, as the end of a sentence that begins with who it is."""
    return str(STAGES[stage])


@register.simple_tag
def tellings() -> list[tuple[str, str]]:
    """What an invited person may choose to let be seen: value and words."""
    return [(value.value, str(words)) for value, words in TELLINGS.items()]


@register.simple_tag
def resource_url(name: str) -> str:
    """The address under which the platform serves a file of the block's `public/` folder, for pages outside a unit."""
    return f"/xblock/resource/referral/public/{name}"


@register.simple_tag
def said_never_to_prompts(user_id: int) -> bool:
    """Whether this person does not want to be asked to invite. One query."""
    # The block's templates load this library also where our tables are not installed.
    from referral_xblock.prompts.queries import said_never

    return said_never(user_id)
