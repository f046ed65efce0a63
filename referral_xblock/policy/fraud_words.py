"""The rules about suspicious arrivals as the settings page has them: which, what each is called, what it does."""

from django.utils.translation import gettext_lazy as _

FIELDS = (
    "weight_same_mailbox",
    "weight_throw_away",
    "weight_speed",
    "weight_same_device",
    "weight_own_browser",
    "weight_ring",
    "weight_banned_source",
    "weight_dormant",
    "weight_idle",
    "weight_idle_company",
    "hold_at",
    "speed_limit",
    "idle_days",
    "trusted_domains",
    "trusted_networks",
    "banned_channels",
    "banned_domains",
    "inviter_cap",
    "hold_days",
)
LABELS = {
    "weight_same_mailbox": _("Weight of: one mailbox under several addresses"),
    "weight_throw_away": _("Weight of: a throw-away address"),
    "weight_speed": _("Weight of: many new accounts in an hour"),
    "weight_same_device": _("Weight of: the device of another friend or of the inviter"),
    "weight_own_browser": _("Weight of: the inviter’s own browser"),
    "weight_ring": _("Weight of: people who invite each other"),
    "weight_banned_source": _("Weight of: a source that does not count"),
    "weight_dormant": _("Weight of: an old account that was never used"),
    "weight_idle": _("Weight of: enrolled and nothing done"),
    "weight_idle_company": _("Weight of: nearly all friends of the inviter did nothing"),
    "hold_at": _("Sum of weights from which the course team takes a look"),
    "speed_limit": _("New accounts in an hour that are many"),
    "idle_days": _("Days without doing anything"),
    "inviter_cap": _("Friends of one inviter that count"),
    "hold_days": _("Days until an enrolment is rewarded"),
}
HELP = {
    "weight_same_mailbox": _(
        "The inviter’s own address, or another friend’s, with a plus or dots in it. 0: does not matter."
    ),
    "weight_throw_away": _(
        "An address on the published list of domains whose mailboxes live ten minutes. 0: does not matter."
    ),
    "weight_speed": _("By one inviter, within an hour. A lecture does that too. 0: does not matter."),
    "weight_same_device": _(
        "The same network address and browser on the same day. A family or a computer room does that too. 0: does not matter."
    ),
    "weight_own_browser": _(
        "The friend joined in a browser in which the inviter uses the invitations. 0: does not matter."
    ),
    "weight_ring": _(
        "The friend invited the inviter, directly or by one more person, in any course. 0: does not matter."
    ),
    "weight_banned_source": _("Channels and domains that you name below. They are not counted. 0: they are."),
    "weight_dormant": _(
        "Older than 90 days, with no block completed and no enrolment before the click. 0: does not matter."
    ),
    "weight_idle": _(
        "Or a single block within minutes of enrolling. One learner in six does that. 0: does not matter."
    ),
    "weight_idle_company": _("At least three friends, and four in five of them. 0: does not matter."),
    "hold_at": _("Between 1 and 1,000. Nobody is rejected by weights; the course team decides."),
    "speed_limit": _("Between 2 and 1,000."),
    "idle_days": _("Between 1 and 365, counted from the enrolment."),
    "inviter_cap": _("0: no limit. The first to enrol count; the others learn all the same."),
    "hold_days": _("0: at once. Whoever leaves before brings no reward."),
}
