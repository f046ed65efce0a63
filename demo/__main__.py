"""`python -m demo` prepares and serves the demo, `python -m demo reset` starts over.

Prints one line per step with the seconds it took. Exits with 1 and one sentence if something stands in the way.
"""

from __future__ import annotations

import os
import socket
import sys
import warnings
from time import monotonic

from demo.catalogues import compile_catalogues
from demo.dummies import make_dummies
from demo.terminal import HOST, CannotStartError, demo_folder, listen, make_folder, wanted_learners, wanted_port

THREADS = 8


def main(arguments: list[str]) -> int:
    """Runs the demo and returns the exit status."""
    if arguments not in ([], ["reset"]):
        print("Usage: python -m demo [reset]", file=sys.stderr)
        return 2
    try:
        return run(reset=arguments == ["reset"])
    except CannotStartError as error:
        print(error, file=sys.stderr)
        return 1


def run(*, reset: bool) -> int:
    """Prepares, and serves unless it is a reset. What was wished for, and the port, are looked at before anything is made.

    Raises CannotStartError.
    """
    port, learners = wanted_port(), wanted_learners()
    make_folder(demo_folder())
    listener = None if reset else listen(port)
    began = monotonic()
    start_django()
    say(f"Started Django ({monotonic() - began:.1f} s)")

    from demo.preparation import forget_everything, prepare

    if reset:
        forget_everything()
        say("Forgot everything")
    prepare(say, learners=learners)
    if listener is None:
        say("The demo is as new. Start it with: make demo")
        return 0
    return serve(listener, began)


def start_django() -> None:
    """Everything that `django.setup()` needs, and that."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "demo.settings")
    # Said by a package that the block's runtime needs; nobody at this terminal can do anything about it.
    warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
    compile_catalogues()
    import django

    django.setup()
    if os.environ.get("DEMO_DUMMY_LANGUAGES"):
        from django.conf import settings

        make_dummies(settings.DEMO_DIR / "dummies")


def say(sentence: str) -> None:
    """One line of progress, shown at once."""
    print(sentence, flush=True)


def serve(listener: socket.socket, began: float) -> int:
    """Answers on loopback until it is stopped."""
    from waitress import create_server

    from demo.campus.facts import invites_from_a_unit
    from demo.figures import keep_figures_fresh
    from demo.wsgi import application

    server = create_server(application, sockets=[listener], threads=THREADS, ident=None)
    say(f"Ready after {monotonic() - began:.1f} s")
    say("")
    say(f"    http://{HOST}:{listener.getsockname()[1]}/")
    say("")
    if invites_from_a_unit():
        say("Try first: become chen, share from the unit; then be eli and open the link, register and enrol;")
    else:
        say("This course has no invitation block yet. Try first: become ada, add one (referral) to a unit in Studio;")
        say("then be eli and open the link to the course, register and enrol;")
    say("then become ada and look at the growth page. Mail that is sent appears at /demo/outbox/.")
    say("It listens on this machine's loopback only. Stop it with Ctrl+C.")
    keep_figures_fresh()
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
