# The two commands: `make demo` and `make test`. PYTHON= chooses another Python 3.11 or 3.12, PORT= another port.
PORT ?= 8000
COURSE ?=
DEMO_LEARNERS ?= 3600
export PORT COURSE DEMO_LEARNERS PYTHON

.PHONY: demo demo-reset demo-workers test test-fast test-releases lint benchmark-click benchmark-fraud benchmark-receivers requirements messages

demo:
	@set -e; venv=$$(bin/environment demo); exec "$$venv/bin/python" -m demo

demo-reset:
	@set -e; venv=$$(bin/environment demo); "$$venv/bin/python" -m demo reset

# The same with Celery workers on Redis (Debian: redis-server), as in an LMS. All of it ends with Ctrl+C.
demo-workers:
	@set -e; venv=$$(bin/environment test); exec "$$venv/bin/python" -m demo.with_workers

test:
	@bin/test

test-fast:
	@set -e; venv=$$(bin/environment test); exec "$$venv/bin/python" -m pytest -m "not browser and not redis and not slow"

# The fast tests beside the versions of Teak, Ulmo, Verawood and master, as far as the machine's Pythons go; RELEASE= for one.
test-releases:
	@set -e; venv=$$(bin/environment test); exec "$$venv/bin/nox" $(if $(RELEASE),-s release-$(RELEASE))

lint:
	@set -e; venv=$$(bin/environment test); "$$venv/bin/ruff" check . && "$$venv/bin/ruff" format --check .

# Four minutes of load on loopback, beside a peer; prints every ratio.
benchmark-click:
	@set -e; bin/environment test >/dev/null; venv=$$(bin/environment benchmarks); exec "$$venv/bin/python" -m benchmarks.click

# A minute or two; what our receivers add to a registration and to an enrolment.
benchmark-receivers:
	@set -e; bin/environment mariadb >/dev/null; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.receivers

# A minute; what the signs hold in made-up worlds of honest people and of attacks. Fails if a goal is missed.
benchmark-fraud:
	@set -e; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.fraud

# Needs a network; takes the newest versions. Without `--upgrade`, requirements/compile.sh moves only what has to move.
requirements:
	@set -e; venv=$$(bin/environment test); PATH="$$venv/bin:$$PATH" requirements/compile.sh --upgrade
# Needs GNU gettext.
messages:
	@set -e; venv=$$(bin/environment test); "$$venv/bin/python" -m tests.catalogues
