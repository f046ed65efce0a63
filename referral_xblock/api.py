"""The only door into this package for other packages. Names are written out; what is not here is private.

Nothing but this file and `signals` may be imported from outside.
"""

from referral_xblock.consent.queries import is_suppressed, suppressed_among
from referral_xblock.data import (
    Audience,
    Course,
    Decision,
    Enrolment,
    LinkState,
    Outcome,
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
from referral_xblock.emission.emitting import emit
from referral_xblock.emission.events import EVENTS as OWN_EVENTS
from referral_xblock.emission.events import TrackingEvent
from referral_xblock.emission.routing import kept_from_xapi
from referral_xblock.emission.xapi import are_registered, register_statements
from referral_xblock.emission.xapi import is_there as has_xapi
from referral_xblock.host.cache_keys import cache_key
from referral_xblock.host.chosen import get_host
from referral_xblock.host.contract import run_contract
from referral_xblock.host.courses import seen_course
from referral_xblock.host.interface import Host
from referral_xblock.host.patience import patiently
from referral_xblock.host.site_settings import Misfit, defaults_of, misfits, problem_of_class
from referral_xblock.host.throttle import seconds_to_wait
from referral_xblock.host.tolerance import never_in_the_way
from referral_xblock.journey.batches import EventKind, NewEvent, NewTouch, bind_touches, note_events
from referral_xblock.journey.brought import Brought, brought_after, brought_in, count_brought, journey_of
from referral_xblock.journey.counts import GONE, Reached, count_reached_by_week
from referral_xblock.journey.funnel import BREAKDOWNS, FUNNEL, Funnel, GrowthSummary, Part, Step, funnel, growth_summary
from referral_xblock.journey.growth import Estimate
from referral_xblock.journey.lists import Advocate, Inviter, JourneyRow, list_inviters, list_journeys, top_advocates
from referral_xblock.journey.queries import my_invitations, reason_of
from referral_xblock.journey.rehearsal import Rehearsed, rehearse
from referral_xblock.journey.repair import recompute_all
from referral_xblock.journey.reviewing import LONGEST as LONGEST_REASON
from referral_xblock.journey.reviewing import decide_on, decide_on_group
from referral_xblock.journey.reviewing import undo as undo_review
from referral_xblock.journey.reviews import (
    Evidence,
    HeldArrival,
    HeldGroup,
    ReviewRow,
    count_held,
    list_held,
    list_reviews,
)
from referral_xblock.journey.signs import Sign
from referral_xblock.journey.unjudged import look_again_at_course
from referral_xblock.links.actions import change_link, create_vanity_link, ensure_links
from referral_xblock.links.batches import Visit, WantedLink, ensure_links_for_many, record_clicks
from referral_xblock.links.counts import Clicks
from referral_xblock.links.lists import ClickedRow, RequestRow, TeamLink, list_clicked, list_requests, team_links
from referral_xblock.links.queries import find_link, share_path
from referral_xblock.links.visitors import visitor_hash
from referral_xblock.own_data import Part as OwnDataPart
from referral_xblock.own_data import in_pages, register_own_data
from referral_xblock.panels import Place as PanelPlace
from referral_xblock.panels import Viewing, register_panel
from referral_xblock.policy.actions import copy_policy, propose_policy, save_policy
from referral_xblock.policy.forms import PolicyForm
from referral_xblock.policy.milestones import COUNTS as MILESTONE_COUNTS
from referral_xblock.policy.milestones import FRIEND_STAGES, MOST_NUMBER, STAGE_WEIGHTS, check_one, check_weights
from referral_xblock.policy.milestones import LONGEST as MILESTONE_LONGEST
from referral_xblock.policy.queries import exported as exported_policy
from referral_xblock.policy.queries import is_held_out, other_runs, policy_of, rerun_source
from referral_xblock.retention.queries import counted_since
from referral_xblock.rewards.actions import approve_reward, refuse_reward, revoke_reward, undo_decision
from referral_xblock.rewards.keys import problem_of_keys
from referral_xblock.rewards.passes import begin_soon as settle_rewards_soon
from referral_xblock.rewards.queries import RewardRow, budget_used, count_waiting, list_rewards
from referral_xblock.rewards.rehearsal import Fate, RehearsedReward, rehearse_rewards
from referral_xblock.rewards.words import goal as goal_words
from referral_xblock.rewards.words import reason_for_team, what_for
from referral_xblock.sharing.batches import NewShare, NewShowing, record_shares, record_showings
from referral_xblock.sharing.counts import count_shown
from referral_xblock.sharing.invitation_counts import InvitationCounts, count_mail_invitations
from referral_xblock.sharing.invitation_letter import Letter, one_line
from referral_xblock.sharing.invitation_post import post as post_letter
from referral_xblock.sharing.lists import KeptShare, SharedRow, ShownRow, list_shared, list_shown, shares_after
from referral_xblock.sharing.networks import CHANNELS, NETWORKS, channel_slugs
from referral_xblock.sharing.panel import absolute, share_address, spoken
from referral_xblock.teams.pairs import BuddyMeasure
from referral_xblock.teams.pairs import measure as measure_buddies
from referral_xblock.teams.queries import ActRow as TeamAct
from referral_xblock.teams.queries import FoundTeam, TeamRow, find_team, list_team_acts, list_teams
from referral_xblock.teams.running import close_team, merge_teams, rename_team

__all__ = [
    "BREAKDOWNS",
    "CHANNELS",
    "FRIEND_STAGES",
    "FUNNEL",
    "GONE",
    "LONGEST_REASON",
    "MILESTONE_COUNTS",
    "MILESTONE_LONGEST",
    "MOST_NUMBER",
    "NETWORKS",
    "OWN_EVENTS",
    "STAGE_WEIGHTS",
    "Advocate",
    "Audience",
    "Brought",
    "BuddyMeasure",
    "ClickedRow",
    "Clicks",
    "Course",
    "Decision",
    "Enrolment",
    "Estimate",
    "EventKind",
    "Evidence",
    "Fate",
    "FoundTeam",
    "Funnel",
    "GrowthSummary",
    "HeldArrival",
    "HeldGroup",
    "Host",
    "InvitationCounts",
    "Inviter",
    "JourneyRow",
    "KeptShare",
    "Letter",
    "LinkState",
    "Misfit",
    "NewEvent",
    "NewShare",
    "NewShowing",
    "NewTouch",
    "Outcome",
    "OwnDataPart",
    "PanelPlace",
    "Part",
    "Person",
    "Policy",
    "PolicyForm",
    "Reached",
    "Reason",
    "Rehearsed",
    "RehearsedReward",
    "RequestRow",
    "ReviewRow",
    "RewardRow",
    "Role",
    "Selection",
    "SharedRow",
    "ShownRow",
    "Sign",
    "Stage",
    "Status",
    "Step",
    "TeamAct",
    "TeamLink",
    "TeamRow",
    "Telling",
    "TrackingEvent",
    "Unit",
    "Verdict",
    "Viewing",
    "Visit",
    "WantedLink",
    "absolute",
    "approve_reward",
    "are_registered",
    "bind_touches",
    "brought_after",
    "brought_in",
    "budget_used",
    "cache_key",
    "change_link",
    "channel_slugs",
    "check_one",
    "check_weights",
    "close_team",
    "copy_policy",
    "count_brought",
    "count_held",
    "count_mail_invitations",
    "count_reached_by_week",
    "count_shown",
    "count_waiting",
    "counted_since",
    "create_vanity_link",
    "decide_on",
    "decide_on_group",
    "defaults_of",
    "emit",
    "ensure_links",
    "ensure_links_for_many",
    "exported_policy",
    "find_link",
    "find_team",
    "funnel",
    "get_host",
    "goal_words",
    "growth_summary",
    "has_xapi",
    "in_pages",
    "is_held_out",
    "is_suppressed",
    "iso_week",
    "journey_of",
    "kept_from_xapi",
    "list_clicked",
    "list_held",
    "list_inviters",
    "list_journeys",
    "list_requests",
    "list_reviews",
    "list_rewards",
    "list_shared",
    "list_shown",
    "list_team_acts",
    "list_teams",
    "look_again_at_course",
    "measure_buddies",
    "merge_teams",
    "misfits",
    "my_invitations",
    "never_in_the_way",
    "note_events",
    "one_line",
    "other_runs",
    "patiently",
    "policy_of",
    "post_letter",
    "problem_of_class",
    "problem_of_keys",
    "propose_policy",
    "reason_for_team",
    "reason_of",
    "recompute_all",
    "record_clicks",
    "record_shares",
    "record_showings",
    "refuse_reward",
    "register_own_data",
    "register_panel",
    "register_statements",
    "rehearse",
    "rehearse_rewards",
    "rename_team",
    "rerun_source",
    "revoke_reward",
    "run_contract",
    "save_policy",
    "seconds_to_wait",
    "seen_course",
    "settle_rewards_soon",
    "share_address",
    "share_path",
    "shares_after",
    "spoken",
    "suppressed_among",
    "team_links",
    "top_advocates",
    "undo_decision",
    "undo_review",
    "visitor_hash",
    "week_start",
    "what_for",
]
