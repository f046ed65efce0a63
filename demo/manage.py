"""Django's command line for the demo: `python demo/manage.py migrate`, or `python -m demo.manage migrate`."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Runs the command that stands on the command line."""
    # Started as a file, Python looks in this folder first, where short names such as `search` would hide others.
    here = Path(__file__).resolve().parent
    sys.path[:] = [str(here.parent)] + [entry for entry in sys.path if Path(entry or ".").resolve() != here]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "demo.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
