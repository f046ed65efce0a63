"""`manage.py make_badge_key`: a key with which this site signs badges."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from referral_xblock.rewards.new_key import make_key


class Command(BaseCommand):
    help = (
        "Makes a private key for signing badges and writes it into a file that its owner alone can read; its public half is "
        "written beside it, with “.pub” behind the name. Nothing is overwritten. docs/badges.md says what to do with them."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="where the private key is to lie")
        parser.add_argument(
            "--algorithm", choices=["ES256", "RS256"], default="ES256", help="ES256 (the default) makes shorter badges"
        )

    def handle(self, *args, file, algorithm, **options):
        secret, public = make_key(algorithm)
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as out:
                out.write(secret)
            with Path(file + ".pub").open("x", encoding="ascii") as out:
                out.write(public)
        except FileExistsError as error:
            raise CommandError(f"{error.filename} is there already. Nothing was overwritten.") from error
        except OSError as error:
            raise CommandError(f"{error.filename or file} cannot be written: {error.strerror}.") from error
        self.stdout.write(
            f"Done. Set REFERRAL_BADGE_KEY to the path {file}, on every machine that runs the LMS or a worker."
        )
