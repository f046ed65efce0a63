"""`community_check` as an operator and a script meet it."""

import json

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from community_dashboard.host.interface import Host as DashboardHost
from community_dashboard.operations import contract, names, report
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.findings import found
from demo.dashboard_host import DashboardHost as DemoHost
from referral_xblock.api import Outcome
from tests.people import make_course

LMS_HOST = "community_dashboard.host.edx_platform.EdxPlatform"


def run(capsys, *arguments):
    """(exit status, what was printed)."""
    try:
        call_command("community_check", *arguments)
        status = 0
    except SystemExit as end:
        status = end.code
    return status, capsys.readouterr().out


def test_the_command_is_found_where_the_platform_looks():
    assert get_commands()["community_check"] == "community_dashboard"


def test_in_the_demo_nothing_is_wrong_and_what_is_not_there_is_said(cast, course_key, capsys):
    status, printed = run(capsys, "--course", str(course_key))
    assert status == 0
    assert printed.rstrip().splitlines()[-1].startswith("0 errors, ")
    for id_ in ("platform.other-host", "background.eager", "account.none"):
        assert f"[{id_}]" in printed
    for title, _checks in report.GROUPS:
        assert f"\n{title}\n" in f"\n{printed}"


def test_scripts_read_the_same_as_json(cast, capsys):
    status, printed = run(capsys, "--json")
    answer = json.loads(printed)
    assert answer["status"] == status == 0
    assert {tuple(sorted(finding)) for finding in answer["findings"]} == {
        ("group", "hint", "id", "sentence", "severity")
    }


def test_errors_end_with_status_1_and_a_hint(cast, settings, capsys):
    settings.COMMUNITY_ACTING_ACCOUNT = "nobody"
    status, printed = run(capsys)
    assert status == 1
    assert "error   There is no account “nobody”. [account.unknown]" in printed
    assert "Create it, or mend COMMUNITY_ACTING_ACCOUNT." in printed


@pytest.mark.parametrize(
    "arguments",
    [
        ["--course", "not a course"],
        ["--course", "course-v1:No+Such+Course"],
        ["--write"],
        ["--write", "--contract"],
        ["--contract"],  # without --course, and there is none on the site
    ],
)
def test_what_cannot_be_done_ends_with_status_2(db, arguments):
    with pytest.raises(CommandError) as refusal:
        call_command("community_check", *arguments)
    assert refusal.value.returncode == 2


def test_a_platform_that_cannot_be_asked_ends_with_status_2(monkeypatch):
    def broken(*_arguments):
        raise RuntimeError("a wire")

    monkeypatch.setattr("community_dashboard.management.commands.community_check.get_host", broken)
    monkeypatch.setattr(contract, "get_people_host", broken)
    for arguments in (["--course", "course-v1:A+B+C"], ["--contract"]):
        with pytest.raises(CommandError, match="RuntimeError: a wire") as refusal:
            call_command("community_check", *arguments)
        assert refusal.value.returncode == 2


def test_in_studio_it_says_where_to_run_it(settings):
    settings.SERVICE_VARIANT = "cms"
    with pytest.raises(CommandError, match=r"manage\.py lms community_check") as refusal:
        call_command("community_check")
    assert refusal.value.returncode == 2


def test_the_help_names_the_exit_status():
    words = load_command_class("community_dashboard", "community_check").create_parser("manage.py", "community_check")
    assert "0 nothing is wrong" in " ".join(words.format_help().split())


def test_a_check_that_raises_becomes_a_finding_and_the_rest_goes_on(monkeypatch):
    def broken(circumstances):
        yield found("background.eager", "One thing was found.")
        raise RuntimeError("a wire")

    def sound(circumstances):
        yield found("site.debug", "Another, later.")

    monkeypatch.setattr(report, "GROUPS", (("All", (broken, sound)),))
    (group,) = report.report(Circumstances())
    assert [finding.id for finding in group.findings] == ["background.eager", "check.failed", "site.debug"]
    assert "broken failed (RuntimeError: a wire)" in group.findings[1].sentence


def test_the_hosts_of_the_lms_are_tried_where_they_are_chosen(settings, monkeypatch):
    settings.REFERRAL_HOST = "referral_xblock.host.edx_platform.EdxPlatform"
    settings.COMMUNITY_HOST = LMS_HOST
    findings = list(names.check_names(Circumstances()))
    ids = {finding.id for finding in findings}
    assert {"platform.import", "platform.tried"} <= ids  # outside of an LMS its names are not there
    assert "platform.other-host" not in ids
    assert any("xmodule" in finding.sentence and "edx_platform" in finding.sentence for finding in findings)


def test_both_hosts_of_the_lms_have_every_verb(settings):
    settings.REFERRAL_HOST = "referral_xblock.host.edx_platform.EdxPlatform"
    settings.COMMUNITY_HOST = LMS_HOST
    assert list(names.check_hosts(Circumstances())) == []


def test_the_hosts_of_the_demo_have_every_verb():
    assert list(names.check_hosts(Circumstances())) == []


def test_a_host_that_lacks_a_verb_or_takes_other_parameters_is_told(monkeypatch):
    monkeypatch.delattr(DemoHost, "roster_size", raising=False)
    monkeypatch.setattr(DemoHost, "cohorts", lambda self: [], raising=False)
    if hasattr(DemoHost, "roster_size"):  # inherited: hide it
        monkeypatch.setattr(DemoHost, "roster_size", None, raising=False)
    told = sorted(finding.sentence for finding in names.check_hosts(Circumstances()))
    assert told[0].startswith("demo.dashboard_host.DashboardHost.cohorts does not take what the interface says")
    assert told[1:] == ["demo.dashboard_host.DashboardHost.roster_size is missing."]


def test_a_host_that_cannot_be_made_is_told(settings):
    settings.COMMUNITY_HOST = "community_dashboard.gone.Host"
    (finding,) = names.check_hosts(Circumstances())
    assert finding.id == "host.start"


def test_the_verbs_are_those_of_the_interface():
    assert {"roster", "forum", "delete_post", "course_tab_base"} <= set(names.verbs_of(DashboardHost))


class TestTheContract:
    def test_it_holds_in_the_demo(self, cast, course_key, capsys):
        status, printed = run(capsys, "--contract", "--course", str(course_key))
        assert status == 0
        assert "Contract of the hosts" in printed
        assert printed.count("tests of the host passed") == 2

    def test_without_a_course_one_with_people_is_taken(self, cast, course_key, django_user_model):
        make_course("course-v1:A+Empty+Course")
        django_user_model.objects.create(username="gus", is_staff=True)
        assert contract.a_course_with_people() == course_key

    def test_writing_is_refused_where_there_are_learners(self, cast, course_key, capsys):
        status, printed = run(capsys, "--contract", "--write", "--course", str(course_key))
        assert status == 1
        assert "has learners" in printed

    def test_each_outcome_is_told(self, monkeypatch):
        outcomes = [
            Outcome("A holds", True, ""),
            Outcome("B holds", False, "Seen: x"),
            Outcome("C holds", None, "No forum."),
        ]
        monkeypatch.setattr(contract, "run_contract", lambda host, course_key, write: outcomes)
        told = [(finding.id, finding.sentence) for finding in contract.check_referral_contract(Circumstances())]
        assert told == [
            ("contract.failed", "referral_xblock: B holds. Seen: x"),
            ("contract.left-out", "referral_xblock: C holds. No forum."),
            ("contract.passed", "referral_xblock: 1 tests of the host passed."),
        ]
