"""docs/moderation-roles.md: who may decide what about whom, asked of `authority.may` cell by cell."""

from __future__ import annotations

from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions import authority
from community_dashboard.moderation.decisions.authority import ACTING, HELPERS_LONGEST_SILENCE, RANK, Part, may

HEAD = """# Who may decide what about whom

Made from `community_dashboard/moderation/decisions/authority.py` by `python -m tests.reference`; a test holds it. Roles are those
of the forum of the course (instructor dashboard, Membership). The action itself asks this table, whatever page or task calls it.
Course staff read everything and decide with a forum role alone. The forum asks its own permissions after that.
"""
NAMES = {
    Part.LEARNER: "learners",
    Part.COMMUNITY_TA: "Community TA",
    Part.GROUP_MODERATOR: "Group Moderator",
    Part.MODERATOR: "Moderator",
    Part.ADMINISTRATOR: "Administrator",
    Part.COURSE_STAFF: "course staff",
    Part.GLOBAL_STAFF: "global staff",
}
COLUMNS = [Part.GROUP_MODERATOR, Part.COMMUNITY_TA, Part.MODERATOR, Part.ADMINISTRATOR, Part.GLOBAL_STAFF]
WORDS = {
    Choice.APPROVE: "approve: clear the reports, show again",
    Choice.HOLD: "hold until somebody looks",
    Choice.REPLY: "answer",
    Choice.LIFT: "lift a silence (a ban: as ban)",
    Choice.NOTE: "note on the author",
    Choice.WARN: "warn the author",
    Choice.SILENCE: "silence the author",
    Choice.BAN: "ban the author",
}


def document() -> str:
    """The page."""
    parts = [HEAD, "## The rules\n", _rules(), "\n## On whom\n", _table(), _below()]
    return "\n".join(parts)


def _rules() -> str:
    """What the module says of itself, without its first line."""
    lines = (authority.__doc__ or "").splitlines()
    return "\n".join(line for line in lines if line.startswith(("- ", "  ")))


def _table() -> str:
    head = [f"| | {' | '.join(NAMES[part] for part in COLUMNS)} | own posts |", "|---" * (len(COLUMNS) + 2) + "|"]
    rows = []
    for choice in Choice:
        cells = [_targets(choice, part) for part in COLUMNS]
        own = "yes" if may(choice, {Part.MODERATOR}, {Part.MODERATOR}, own=True) else ""
        rows.append(f"| {WORDS.get(choice, choice.value)} | {' | '.join(cells)} | {own} |")
    return "\n".join([*head, *rows])


def _targets(choice: Choice, actor: Part) -> str:
    """On whose posts, or on whom; a Group Moderator in the own cohort."""
    reached = [target for target in NAMES if may(choice, {actor}, {target}, same_group=True)]
    if len(reached) == len(NAMES):
        return "all"
    return ", ".join(NAMES[target] for target in reached)


def _below() -> str:
    ranks = {rank: [NAMES[part] for part in NAMES if RANK[part] == rank] for rank in sorted(set(RANK.values()))}
    said = "; ".join(f"{rank}: {', '.join(names)}" for rank, names in ranks.items())
    helpers = " and ".join(NAMES[part] for part in NAMES if part in authority.HELPERS)
    others = ", ".join(NAMES[part] for part in NAMES if part not in ACTING)
    return f"""
Ranks: {said}.

What stands under Group Moderator holds in the own cohort alone.
{helpers} silence for {HELPERS_LONGEST_SILENCE.days} days at most.
Nothing of it may be done by {others}. Undoing needs what the decision itself needs.
"""
