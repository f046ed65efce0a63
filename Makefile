# The two commands: `make demo` and `make test`. PYTHON= chooses another Python 3.11 or 3.12, PORT= another port.
PORT ?= 8000
COURSE ?=
DEMO_LEARNERS ?= 3600
export PORT COURSE DEMO_LEARNERS PYTHON

.PHONY: demo demo-reset demo-workers test test-fast test-releases lint benchmark-bulk benchmark-click benchmark-fraud benchmark-receivers benchmark-tracking benchmark-joins benchmark-leaderboard benchmark-response-times benchmark-looks benchmark-moderation benchmark-engagement benchmark-urgency benchmark-at-risk requirements messages

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

# Half a minute; what our backend for tracking events adds to a request. Needs Redis (Debian).
benchmark-tracking:
	@set -e; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.tracking

# Some minutes; how many people may join in a second, with two workers on Redis and MariaDB. Needs both (Debian).
benchmark-joins:
	@set -e; bin/environment mariadb >/dev/null; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.joins

# Three minutes; what the leaderboard costs with 10,000 participants. Fails if a goal is missed.
benchmark-leaderboard:
	@set -e; bin/environment mariadb >/dev/null; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.leaderboard

# Three minutes; how fast many posts are decided at once, beside the bare verb of the host. Fails if a goal is missed.
benchmark-bulk:
	@set -e; bin/environment mariadb >/dev/null; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.bulk

# Ten minutes; what the health page of moderation costs with 200,000 posts. Fails if a goal is missed.
benchmark-response-times:
	@set -e; bin/environment mariadb >/dev/null; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.response_times

# Ten minutes; how long a look for signs of fraud at 155,000 invited people takes.
benchmark-looks:
	@set -e; bin/environment mariadb >/dev/null; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.looks

# Half an hour and some gigabytes the first time, then ten minutes; what moderation costs in a forum of 600,000 posts.
benchmark-moderation:
	@set -e; bin/environment mariadb >/dev/null; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.moderation

# An hour and ten gigabytes the first time, then half an hour; what the figures of 36,000 and of 155,000 learners cost.
benchmark-engagement:
	@set -e; bin/environment mariadb >/dev/null; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.engagement

# A minute; what the signs hold in made-up worlds of honest people and of attacks. Fails if a goal is missed.
benchmark-fraud:
	@set -e; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.fraud

# Ten seconds; what the rules hold of spam and of honest posts, where they were tuned and elsewhere. Fails if a goal is missed.
benchmark-shield:
	@set -e; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.shield

# A few minutes; what finds urgent posts and questions that are the same, on labelled sets, and the order of the queue.
benchmark-urgency:
	@set -e; venv=$$(bin/environment test); "$$venv/bin/python" -m benchmarks.urgency; exec "$$venv/bin/python" -m benchmarks.queue_order

# Half a minute, no database; on simulated courses alone.
benchmark-at-risk:
	@set -e; venv=$$(bin/environment test); exec "$$venv/bin/python" -m benchmarks.at_risk

# Needs a network; takes the newest versions. Without `--upgrade`, requirements/compile.sh moves only what has to move.
requirements:
	@set -e; venv=$$(bin/environment test); PATH="$$venv/bin:$$PATH" requirements/compile.sh --upgrade
# Needs GNU gettext.
messages:
	@set -e; venv=$$(bin/environment test); "$$venv/bin/python" -m tests.catalogues
