"""The only door into this package for other packages. Names are written out; what is not here is private.

Nothing but this file and `signals` may be imported from outside.
"""

from referral_xblock.data import (
    Audience,
    Course,
    Enrolment,
    LinkState,
    Person,
    Policy,
    Reason,
    Role,
    Selection,
    Stage,
    Status,
    Telling,
    Unit,
    Verdict,
    iso_week,
    week_start,
)
from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.host.interface import Host
from referral_xblock.journey.batches import EventKind, NewEvent, NewTouch, bind_touches, note_events
from referral_xblock.journey.counts import GONE, Reached, count_reached_by_week
from referral_xblock.journey.funnel import BREAKDOWNS, FUNNEL, Funnel, GrowthSummary, Part, Step, funnel, growth_summary
from referral_xblock.journey.growth import Estimate
from referral_xblock.journey.lists import Advocate, Inviter, JourneyRow, list_inviters, list_journeys, top_advocates
from referral_xblock.journey.queries import my_invitations, reason_of
from referral_xblock.journey.repair import recompute_all
from referral_xblock.links.actions import change_link, create_vanity_link, ensure_links
from referral_xblock.links.batches import Visit, WantedLink, ensure_links_for_many, record_clicks
from referral_xblock.links.counts import Clicks
from referral_xblock.links.lists import ClickedRow, RequestRow, TeamLink, list_clicked, list_requests, team_links
from referral_xblock.links.queries import find_link, share_path
from referral_xblock.links.visitors import visitor_hash
from referral_xblock.policy.actions import copy_policy, save_policy
from referral_xblock.policy.forms import PolicyForm
from referral_xblock.policy.queries import exported as exported_policy
from referral_xblock.policy.queries import is_held_out, other_runs, policy_of
from referral_xblock.sharing.batches import NewShare, NewShowing, record_shares, record_showings
from referral_xblock.sharing.counts import count_shown
from referral_xblock.sharing.lists import SharedRow, ShownRow, list_shared, list_shown
from referral_xblock.sharing.networks import CHANNELS, NETWORKS, channel_slugs
from referral_xblock.sharing.panel import absolute, share_address

__all__ = [
    "BREAKDOWNS",
    "CHANNELS",
    "FUNNEL",
    "GONE",
    "NETWORKS",
    "Advocate",
    "Audience",
    "ClickedRow",
    "Clicks",
    "Course",
    "Enrolment",
    "Estimate",
    "EventKind",
    "Funnel",
    "GrowthSummary",
    "Host",
    "Inviter",
    "JourneyRow",
    "LinkState",
    "NewEvent",
    "NewShare",
    "NewShowing",
    "NewTouch",
    "Part",
    "Person",
    "Policy",
    "PolicyForm",
    "Reached",
    "Reason",
    "RequestRow",
    "Role",
    "Selection",
    "SharedRow",
    "ShownRow",
    "Stage",
    "Status",
    "Step",
    "TeamLink",
    "Telling",
    "Unit",
    "Verdict",
    "Visit",
    "WantedLink",
    "absolute",
    "bind_touches",
    "change_link",
    "channel_slugs",
    "copy_policy",
    "count_reached_by_week",
    "count_shown",
    "create_vanity_link",
    "ensure_links",
    "ensure_links_for_many",
    "exported_policy",
    "find_link",
    "funnel",
    "get_host",
    "growth_summary",
    "is_held_out",
    "iso_week",
    "list_clicked",
    "list_inviters",
    "list_journeys",
    "list_requests",
    "list_shared",
    "list_shown",
    "my_invitations",
    "note_events",
    "other_runs",
    "policy_of",
    "reason_of",
    "recompute_all",
    "record_clicks",
    "record_shares",
    "record_showings",
    "save_policy",
    "seen_course",
    "share_address",
    "share_path",
    "team_links",
    "top_advocates",
    "visitor_hash",
    "week_start",
]
