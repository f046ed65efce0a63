"""`python -m demo` prepares and serves the demo, `python -m demo reset` starts over.

Prints one line per step with the seconds it took. Exits with 1 and one sentence if something stands in the way.
"""

from __future__ import annotations

import os
import sys
import warnings
from time import monotonic

from demo.catalogues import compile_catalogues
from demo.dummies import make_dummies

HOST = "127.0.0.1"
THREADS = 8


def main(arguments: list[str]) -> int:
    """Runs the demo and returns the exit status."""
    if arguments not in ([], ["reset"]):
        print("Usage: python -m demo [reset]", file=sys.stderr)
        return 2
    port = os.environ.get("PORT") or "8000"
    if not (port.isdigit() and 0 < int(port) < 65536):
        print(f"PORT must be a number between 1 and 65535, not {port!r}.", file=sys.stderr)
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "demo.settings")
    # Said by a package that the block's runtime needs; nobody at this terminal can do anything about it.
    warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
    began = monotonic()
    compile_catalogues()
    import django

    django.setup()
    if os.environ.get("DEMO_DUMMY_LANGUAGES"):
        from django.conf import settings

        make_dummies(settings.DEMO_DIR / "dummies")
    say(f"Started Django ({monotonic() - began:.1f} s)")

    from demo.preparation import CannotPrepareError, forget_everything, prepare

    try:
        if arguments == ["reset"]:
            forget_everything()
            say("Forgot everything")
        prepare(say)
    except CannotPrepareError as error:
        print(error, file=sys.stderr)
        return 1
    if arguments == ["reset"]:
        say("The demo is as new. Start it with: make demo")
        return 0
    return serve(int(port), began)


def say(sentence: str) -> None:
    """One line of progress, shown at once."""
    print(sentence, flush=True)


def serve(port: int, began: float) -> int:
    """Answers on loopback until it is stopped."""
    from waitress import create_server

    from demo.wsgi import application

    try:
        server = create_server(application, host=HOST, port=port, threads=THREADS, ident=None)
    except OSError:
        print(f"Port {port} is in use. Choose another one: make demo PORT={port + 1}", file=sys.stderr)
        return 1
    say(f"Ready after {monotonic() - began:.1f} s")
    say("")
    say(f"    http://{HOST}:{port}/")
    say("")
    say("Try first: become chen, share from the unit; then be eli and open the link, register and enrol;")
    say("then become ada and look at the growth page. Mail that is sent appears at /demo/outbox/.")
    say("It listens on this machine's loopback only. Stop it with Ctrl+C.")
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
