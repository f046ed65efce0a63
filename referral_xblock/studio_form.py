"""The settings form in Studio, as its template needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from referral_xblock.presentation import BUTTONS, LONGEST, LONGEST_HASHTAG, MOST_HASHTAGS, shortened, tidy


def labels() -> dict[str, str]:
    """What each field is called, in the author's language."""
    return {
        "display_name": _("Name of the block in the course outline"),
        "title": _("Title"),
        "invitation_text": _("Invitation text"),
        "hashtags": _("Hashtags"),
        "picture": _("Picture"),
        "show_networks": _("Network buttons"),
        "show_qr": _("QR code and short address"),
        "show_status": _("Who came by the learner’s link"),
        "networks": _("Networks"),
        "network_texts": _("Other words for single networks"),
    }


def label_of(name: str) -> str:
    """What a field, or `network_texts.<slug>`, is called."""
    field, _dot, slug = name.partition(".")
    network = next((_(network.name) for network in BUTTONS if network.slug == slug), "")
    return f"{labels()[field]} ({network})" if network else labels()[field]


def _helps() -> dict[str, str]:
    longest = _("At most %(longest)d characters.")
    return {
        "display_name": longest % {"longest": LONGEST["display_name"]},
        "title": _("The heading of the block. Left empty: “Learn together”."),
        "invitation_text": _(
            "What a learner’s message says, in the learner’s voice. The link is added by itself. Left empty:"
            " “I am taking (title of the course). Join me?” At most %(longest)d characters."
        )
        % {"longest": LONGEST["invitation_text"]},
        "hashtags": _("Up to %(most)d words of at most %(longest)d letters, with spaces between: bees garden")
        % {"most": MOST_HASHTAGS, "longest": LONGEST_HASHTAG},
        "picture": _("A file of the course such as /static/bees.png, or an address that begins with https://."),
    }


def describe_form(stored: Mapping[str, Any], *, site: str) -> dict[str, Any]:
    """The context of block_studio.html. What is stored is shown as it is where it is text, tidied where it cannot be."""
    presentation, problems = tidy(stored)
    cut = shortened(presentation, site=site)
    names, helps = labels(), _helps()
    tags = " ".join(presentation.hashtags)

    def shown(name: str) -> str:
        value = stored.get(name)
        return value if isinstance(value, str) else tags if name == "hashtags" else getattr(presentation, name)

    return {
        "texts": [
            {
                "name": name,
                "label": names[name],
                "help": helps[name],
                "value": shown(name),
                "direction": "ltr" if name == "picture" else "auto",
                "rows": 4 if name == "invitation_text" else 0,
                "problem": problems.get(name, ""),
            }
            for name in ("display_name", "title", "invitation_text", "hashtags", "picture")
        ],
        "panels": [
            {
                "name": name,
                "label": names[name],
                "value": getattr(presentation, name),
                "problem": problems.get(name, ""),
            }
            for name in ("show_networks", "show_qr", "show_status")
        ],
        "networks": [
            {
                "slug": network.slug,
                "name": _(network.name),
                "chosen": not presentation.networks or network.slug in presentation.networks,
                "text": presentation.network_texts.get(network.slug, ""),
                "problem": problems.get(f"network_texts.{network.slug}", ""),
                "warning": _("This network gets: %(text)s") % {"text": cut[network]} if network in cut else "",
            }
            for network in BUTTONS
        ],
        "networks_problem": problems.get("networks", ""),
        "network_texts_problem": problems.get("network_texts", ""),
        "network_texts_open": bool(presentation.network_texts) or any("network_texts" in name for name in problems),
    }
