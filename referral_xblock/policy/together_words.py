"""The rules about teams, study buddies and the leaderboard, as the settings page has them."""

from django.utils.translation import gettext_lazy as _

FIELDS = ("teams", "team_size", "buddies", "leaderboard")
BUDDIES = [
    ("off", _("No study buddies")),
    ("on", _("Whoever accepted an invitation and who invited may pair up")),
    ("measure", _("Half of them, drawn by chance, to see whether it helps")),
]
LABELS = {
    "teams": _("Learners may form teams"),
    "team_size": _("Most members of a team"),
    "buddies": _("Study buddies"),
    "leaderboard": _("Leaderboard of who brought friends"),
}
HELP = {
    "teams": _("Members see each other only as each chose to be shown. You can rename, close and merge teams."),
    "team_size": _("A team that is larger already keeps its members."),
    "buddies": _("Two people agree on a weekly goal and see how far the other is. Both have to say yes."),
    "leaderboard": _("Only learners who want to appear are listed. A friend is worth what the friend learns."),
}
