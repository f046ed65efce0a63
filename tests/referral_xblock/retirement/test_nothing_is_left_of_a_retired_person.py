"""After the platform's three signals nobody can be found in our tables, and every count of the course is what it was."""

import io
from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.module_loading import import_string

from referral_xblock import retirement
from referral_xblock.api import Selection, funnel, growth_summary, list_inviters, list_journeys, top_advocates
from referral_xblock.consent.queries import shown_name
from referral_xblock.journey.queries import my_invitations
from referral_xblock.journey.repair import recompute_all
from referral_xblock.links.queries import find_link
from referral_xblock.models import Event, Link, NameChoice, Touch, Waiting
from tests.referral_xblock.retirement.conftest import NAMES
from tests.referral_xblock.visits import browser

pytestmark = pytest.mark.django_db(transaction=True)

SIGNALS = "openedx.core.djangoapps.user_api.accounts.signals."


def tell(name, **arguments):
    """As the platform does: with `send`, so that an error reaches the pipeline."""
    import_string(SIGNALS + name).send(sender=object, **arguments)


def retire_as_the_platform_does(user):
    """The original address is known to the mailings' signal alone; the username goes last."""
    user.email = "retired__user_1234@retired.invalid"
    user.save()
    tell("USER_RETIRE_LMS_MISC", user=user)
    tell("USER_RETIRE_MAILINGS", email=NAMES[2], new_email=user.email, user=user)
    user.profile.name = ""
    user.profile.save()
    tell("USER_RETIRE_LMS_CRITICAL", user=user)
    user.username, user.is_active = "retired__user_1234", False
    user.save()


def every_value():
    """(table, column, value) of every row of this package."""
    for model in apps.get_app_config("referral_xblock").get_models(include_auto_created=True):
        for row in model.objects.values():
            for column, value in row.items():
                yield model.__name__, column, value


def traces(user_id):
    """Everything that names the person: the account's number where it can be meant, and any of the names anywhere."""
    found = []
    for table, column, value in every_value():
        field = column.removesuffix("_id")
        accounts = field in ("user", "owner", "inviter", "changed_by") and value == user_id
        numbers = column in ("token", "event_id", "person") and any(
            part in (str(user_id), f"u{user_id}") for part in (str(value).split(":")[1:2] or [value])
        )
        if table == "Touch" and str(value).startswith("click:"):
            numbers = False
        names = any(name.lower() in str(value).lower() for name in (*NAMES, "Featherstone"))
        if accounts or numbers or names:
            found.append((table, column, value))
    return found


def counts(*course_keys):
    """What a course team is shown, without who it is."""
    shown = {}
    for key in course_keys:
        everything = Selection()
        shown[str(key)] = (
            funnel(key),
            growth_summary(key),
            len(list_inviters(key, everything)),
            sorted(
                (row.status, row.reason, row.stage) if hasattr(row, "stage") else row.status
                for row in list_journeys(key, everything)
            ),
            len(top_advocates(key, everything)),
        )
    return shown


def test_the_rich_life_stands_in_every_table_that_can_hold_a_person(life):
    tables = {table for table, _column, _value in traces(life.user.id)}
    people = {
        model.__name__
        for model in apps.get_app_config("referral_xblock").get_models()
        if ".. pii:" in (model.__doc__ or "") and model.objects.exists()
    }
    assert people <= tables


def test_nothing_is_left_and_every_count_stays(life, cast):
    before = counts(life.course_key, life.other_key)
    retire_as_the_platform_does(life.user)
    assert traces(life.user.id) == []
    assert counts(life.course_key, life.other_key) == before
    recompute_all(now=timezone.now())
    assert counts(life.course_key, life.other_key) == before, "and computed anew it is the same"


def test_the_stubs_are_nobody_and_another_one_in_each_course(life):
    before = set(get_user_model().objects.values_list("id", flat=True))
    retire_as_the_platform_does(life.user)
    stubs = get_user_model().objects.exclude(id__in=before)
    assert len(stubs) == 2
    for stub in stubs:
        assert not stub.is_active
        assert not stub.has_usable_password()
        assert stub.get_full_name() == ""
        assert stub.email.endswith("@anonymous.invalid")
    assert len({stub.date_joined for stub in stubs}) == 1, "the moment does not tell whose it is"
    owners = {(str(link.course_key), link.owner_id) for link in Link.objects.filter(owner__in=stubs)}
    assert len(owners) == 2


def test_a_second_time_nothing_happens(life):
    retire_as_the_platform_does(life.user)
    rows, accounts = list(every_value()), get_user_model().objects.count()
    for _again in range(2):
        retirement.retire(life.user, email=NAMES[2])
    assert (list(every_value()), get_user_model().objects.count()) == (rows, accounts)


def test_the_inviter_no_longer_sees_the_friend_but_keeps_the_count(life, cast):
    before = my_invitations(cast.chen.id, life.course_key).counts["enrolled"]
    retire_as_the_platform_does(life.user)
    seen = my_invitations(cast.chen.id, life.course_key)
    assert (seen.counts["enrolled"], seen.friends, seen.silent) == (before, (), 1)


def test_personal_addresses_lead_nowhere_and_the_teams_go_on(life):
    retire_as_the_platform_does(life.user)
    now = timezone.now()
    plain, named = life.team_codes
    assert find_link(life.own_code, now=now) is None
    assert browser().get(f"/r/{life.own_code}").status_code == 404
    assert find_link(plain, now=now).state == "open"
    assert find_link(named, now=now) is None
    assert all(shown_name(link.owner_id) == "" for link in Link.objects.all() if link.owner_id != life.user.id)


def test_who_only_enrolled_leaves_nothing_and_gets_no_stub(cast, course_key):
    assert Event.objects.filter(user=cast.bo).exists()
    accounts = get_user_model().objects.count()
    tell("USER_RETIRE_LMS_MISC", user=cast.bo)
    assert not Event.objects.filter(user=cast.bo).exists()
    assert get_user_model().objects.count() == accounts


@pytest.mark.parametrize("broken", ["sharing.move", "links.move", "journey.move"])
def test_a_broken_step_stops_no_other_and_the_pipeline_hears_of_it(life, monkeypatch, broken):
    module, name = broken.split(".")
    genuine = getattr(getattr(retirement, module), name)

    def fail_in_one_course(user_id, course_key, **arguments):
        if course_key == life.course_key:
            raise RuntimeError("broken")
        genuine(user_id, course_key, **arguments)

    with monkeypatch.context() as patch:
        patch.setattr(getattr(retirement, module), name, fail_in_one_course)
        with pytest.raises(retirement.RetirementError, match=r"course-v1:Test\+Bees101"):
            tell("USER_RETIRE_LMS_MISC", user=life.user)
    assert not Link.objects.filter(owner=life.user, course_key=life.other_key).exists()
    assert Touch.objects.filter(user=life.user, course_key=life.course_key).exists(), "nothing half done"
    tell("USER_RETIRE_LMS_MISC", user=life.user)
    assert traces(life.user.id) == []


def test_the_error_names_nobody(life, monkeypatch):
    def fail(*arguments, **named):
        raise RuntimeError(NAMES[0])

    monkeypatch.setattr(retirement.links, "move", fail)
    with pytest.raises(retirement.RetirementError) as raised:
        retirement.retire(life.user)
    assert not any(name in str(raised.value) for name in NAMES)


def where_is(user, *more):
    said = io.StringIO()
    call_command("where_is_user", str(user), *more, stdout=said)
    return said.getvalue()


def test_the_command_finds_every_place_and_then_none(life):
    said = io.StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("where_is_user", "wilhelmina", stdout=said)
    assert raised.value.returncode == 1
    lines = {line.partition(": ")[0] for line in said.getvalue().splitlines()}
    assert {
        "referral_xblock.Link.owner",
        "referral_xblock.Link.code",
        "referral_xblock.Click.person",
        "referral_xblock.Touch.user",
        "referral_xblock.Touch.token",
        "referral_xblock.Event.user",
        "referral_xblock.Event.event_id",
        "referral_xblock.Journey.user",
        "referral_xblock.Journey.inviter",
        "referral_xblock.Waiting.user",
        "referral_xblock.Showing.user",
        "referral_xblock.Share.user",
        "referral_xblock.NameChoice.user",
        "referral_xblock.NameChoice.shown_as",
        "referral_xblock.FriendChoice.user",
        "referral_xblock.CoursePolicy.changed_by",
    } <= lines
    retire_as_the_platform_does(life.user)
    known_as = [argument for name in NAMES for argument in ("--known-as", name)]
    assert "stands nowhere" in where_is(life.user.id, *known_as)


def test_the_command_looks_into_json(cast, course_key):
    for clicks in ([{"by": ["Dara"]}], [{"owner_id": cast.dara.id}], {"dara": 1}, [cast.dara.id, "darannes"]):
        Waiting.objects.create(user=cast.bo, course_key=course_key, since=timezone.now(), clicks=clicks)
    said = io.StringIO()
    with pytest.raises(CommandError):
        call_command("where_is_user", "dara", stdout=said)
    assert "referral_xblock.Waiting.clicks: 3\n" in said.getvalue()


def test_the_command_knows_a_number_of_a_click_from_that_of_an_account(cast, course_key, link, now):
    Touch.objects.create(
        token=f"click:{cast.dara.id}",
        user=cast.bo,
        course_key=course_key,
        link=link,
        kind="link",
        happened_at=now,
        bound_at=now,
    )
    Event.objects.all().delete()
    NameChoice.objects.all().delete()
    apps.get_model("community_dashboard", "Activity").objects.all().delete()
    assert "stands nowhere" in where_is("dara")


def test_the_command_says_that_there_is_no_such_account(db):
    with pytest.raises(CommandError, match="There is no account “nobody”") as raised:
        where_is("nobody")
    assert raised.value.returncode == 2


def test_days_of_the_funnel_are_days(life):
    """The counts compared above are not empty."""
    shown = funnel(life.course_key, start=date(2020, 1, 1), end=date(2100, 1, 1))
    assert any(step.people for step in shown.steps)
