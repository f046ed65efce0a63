"""`manage.py lms where_is_user <username or id>`: every place in our tables where somebody still stands."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from referral_xblock.host.chosen import get_host
from referral_xblock.management.whereabouts import find_account


class Command(BaseCommand):
    help = (
        "Lists every column of the referral and community tables in which an account stands: references, numbers, names "
        "and addresses in texts. Exit status 0 if there is none, 1 if there is one. After a retirement, give the number of "
        "the account and, with --known-as, what it was called before."
    )

    def add_arguments(self, parser):
        parser.add_argument("user", help="username or number of the account")
        parser.add_argument("--known-as", action="append", default=[], help="one more name or address to look for")

    def handle(self, *args, user, known_as, **options):
        accounts = get_user_model().objects
        row = accounts.filter(username=user).first()
        if row is None and user.isascii() and user.isdecimal():
            row = accounts.filter(id=int(user)).first()
        if row is None:
            raise CommandError(f"There is no account “{user}”.", returncode=2)
        names = {row.username, row.email, row.get_full_name(), *known_as}
        names |= {person.name for person in get_host().people([row.id]).values()}
        places = 0
        for standing in find_account(row.id, names=names):
            places += not standing.kept
            purpose = " (kept on purpose)" if standing.kept else ""
            self.stdout.write(f"{standing.table}.{standing.column}: {standing.rows}{purpose}")
        if places:
            raise CommandError(f"Account {row.id} stands in {places} places.", returncode=1)
        self.stdout.write(f"Account {row.id} stands nowhere.")
