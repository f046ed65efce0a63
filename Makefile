# The two commands: `make demo` and `make test`. PYTHON= chooses another Python 3.11 or 3.12, PORT= another port.
PORT ?= 8000
COURSE ?=
DEMO_LEARNERS ?= 3600
export PORT COURSE DEMO_LEARNERS PYTHON

.PHONY: demo demo-reset test test-fast lint benchmark-click requirements messages

demo:
	@set -e; venv=$$(bin/environment demo); exec "$$venv/bin/python" -m demo

demo-reset:
	@set -e; venv=$$(bin/environment demo); "$$venv/bin/python" -m demo reset

test:
	@bin/test

test-fast:
	@set -e; venv=$$(bin/environment test); exec "$$venv/bin/python" -m pytest -m "not browser and not redis and not slow"

lint:
	@set -e; venv=$$(bin/environment test); "$$venv/bin/ruff" check . && "$$venv/bin/ruff" format --check .

# Four minutes of load on loopback, beside a peer; prints every ratio.
benchmark-click:
	@set -e; bin/environment test >/dev/null; venv=$$(bin/environment benchmarks); exec "$$venv/bin/python" -m benchmarks.click

# Both need a network and more than the tests do (uv; GNU gettext), so they are not part of `make test`.
requirements:
	@requirements/compile.sh
messages:
	@set -e; venv=$$(bin/environment test); "$$venv/bin/python" -m tests.catalogues
