"""Somebody invites, joins in everything that there is, and is retired: nobody finds them, and the course's counts stay."""

from playwright.sync_api import expect

from tests.browser.inviting import (
    address_in,
    come_by,
    fill_milestone,
    fresh,
    inviter,
    message_of_own_client,
    name_oneself,
    save_milestones,
    set_rules,
)
from tests.browser.loop import Newcomer, funnel
from tests.browser.retiring import number_of, retire, traces, where_is


def test_after_the_retirement_nobody_finds_the_inviter(site, sign_in, profile, rules_come_back):
    staff = sign_in("ada")
    set_rules(
        site,
        staff,
        ticked=("Learners may form teams", "Leaderboard of who brought friends"),
        hold_days="0",
        jurisdiction="fr",
    )
    fill_milestone(site, staff, number=1, title="Guide", badge="Guide of the meadow")
    save_milestones(staff)

    wilma, who = inviter(site, profile, "wilhelmina")
    name = who.username.title()
    key = site.facts["course_key"]
    name_oneself(wilma, site, f"{name} F.")
    address = address_in(message_of_own_client(wilma, site)["body"], site)
    come_by(site, profile, address, fresh("fritz"))
    come_by(site, profile, address, Newcomer(fresh("twin").username, f"{who.username}+1@example.org"))

    invited = fresh("frieda")
    wilma.goto(f"{site.url}/community/me/invite/{key}/")
    wilma.get_by_label("E-mail addresses").fill(invited.email)
    wilma.get_by_role("button", name="Look at the list").click()
    wilma.get_by_role("button", name="Send the invitations").click()
    expect(wilma.get_by_role("status")).to_contain_text("1 invitation is on its way")

    wilma.goto(f"{site.url}/community/teams/{key}/")
    wilma.get_by_label("Name of the team").fill(f"{name} and friends")
    wilma.get_by_role("button", name="Begin the team").click()
    wilma.goto(f"{site.url}/community/leaderboard/{key}/")
    wilma.get_by_label("the name that I write below").check()
    wilma.get_by_label("A name of your choice").fill(f"Queen {name}")
    wilma.get_by_role("button", name="Appear", exact=True).click()

    wilma.goto(site.url + "/community/me/")
    wilma.get_by_role("link", name="See the badge “Guide of the meadow”").click()
    badge = wilma.url
    wilma.get_by_role("button", name="Show my chosen name here").click()

    staff.goto(site.course + "growth/review/")
    group = staff.locator("section").filter(has_text=f"({who.username})")
    group.get_by_label("Why").fill(f"{name} invited the own mailbox.")
    group.get_by_role("button", name="Reject", exact=True).click()
    expect(staff.get_by_text("1 invitation is rejected.")).to_be_visible()

    number = number_of(site, who)
    stood = traces(site, number, who.username)
    tables = {table.removeprefix("referral_xblock_") for table, _column in stood}
    assert tables >= {
        "link", "event", "journey", "share", "showing", "namechoice", "mailinvitation", "team", "membership",
        "appearance", "standing", "reward", "review", "community_dashboard_activity",
    }  # fmt: skip
    before = funnel(site, staff)

    retire(site, who)

    assert traces(site, number, who.username) == set()
    assert "stands nowhere" in where_is(site, number, who.username, who.email, name, f"{name} F.", f"Queen {name}")
    assert funnel(site, staff) == before
    visitor = profile()
    assert visitor.goto(address).status == 404
    visitor.goto(badge)
    assert name not in visitor.content()
    chen = sign_in("chen")
    for page in (f"{site.url}/community/leaderboard/{key}/", f"{site.url}/community/teams/{key}/"):
        chen.goto(page)
        assert name not in chen.content()
    for page in ("growth/", "growth/review/", "growth/rewards/", "growth/teams/", "growth/lists/advocates/"):
        staff.goto(site.course + page)
        assert who.username not in staff.content().lower(), page
