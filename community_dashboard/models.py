"""Gathers the tables of all domains for Django; written out, so that a reader finds them."""

from community_dashboard.activity.models import Activity, FillState, Forgotten, Place
from community_dashboard.activity.rollup.models import (
    BlockCount,
    CourseFill,
    DailyCount,
    FillError,
    LearnerDay,
    LearnerState,
    LearnerToFill,
)
from community_dashboard.activity.tracking.models import TrackingLoss
from community_dashboard.engagement.digest.models import DigestSwitch, WeeklyDigest
from community_dashboard.engagement.learners.models import LearnerAct, LearnerNote, LearnerTag
from community_dashboard.engagement.risk.models import RiskModel, RiskPolicy, RiskReading, RiskRound
from community_dashboard.engagement.segments.models import Segment, SegmentChange
from community_dashboard.moderation.answers.models import ThreadWords, WordsPlace
from community_dashboard.moderation.appeals.models import Appeal
from community_dashboard.moderation.bulk.models import BulkJob, BulkStep
from community_dashboard.moderation.clock.models import CourseHours, CourseTarget
from community_dashboard.moderation.decisions.models import CannedReply, Decision, EarlierText, KeptOriginal
from community_dashboard.moderation.digest.models import Digest
from community_dashboard.moderation.phone.models import Tap
from community_dashboard.moderation.projection.models import Filling, ForumPost, SeenChanges
from community_dashboard.moderation.queue.models import QueueFinding, QueueItem, SavedFilter, Shortcuts
from community_dashboard.moderation.sanctions.models import AuthorNote, Sanction
from community_dashboard.moderation.shield.models import ShieldRules, Trace
from community_dashboard.moderation.urgency.models import LearnedUrgency, UrgencyMark

__all__ = [
    "Activity",
    "Appeal",
    "AuthorNote",
    "BlockCount",
    "BulkJob",
    "BulkStep",
    "CannedReply",
    "CourseFill",
    "CourseHours",
    "CourseTarget",
    "DailyCount",
    "Decision",
    "Digest",
    "DigestSwitch",
    "EarlierText",
    "FillError",
    "FillState",
    "Filling",
    "Forgotten",
    "ForumPost",
    "KeptOriginal",
    "LearnedUrgency",
    "LearnerAct",
    "LearnerDay",
    "LearnerNote",
    "LearnerState",
    "LearnerTag",
    "LearnerToFill",
    "Place",
    "QueueFinding",
    "QueueItem",
    "RiskModel",
    "RiskPolicy",
    "RiskReading",
    "RiskRound",
    "Sanction",
    "SavedFilter",
    "SeenChanges",
    "Segment",
    "SegmentChange",
    "ShieldRules",
    "Shortcuts",
    "Tap",
    "ThreadWords",
    "Trace",
    "TrackingLoss",
    "UrgencyMark",
    "WeeklyDigest",
    "WordsPlace",
]
