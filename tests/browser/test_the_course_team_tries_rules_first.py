"""The course team sees what a rule or a milestone would have done in the last days, and only then saves it."""

from playwright.sync_api import expect

from tests.browser.inviting import (
    address_in,
    come_by,
    fill_milestone,
    fresh,
    inviter,
    message_of_own_client,
    save_milestones,
    set_rules,
)
from tests.browser.loop import Newcomer

TRY = "See what they would have done"


def saved(site, staff):
    """The rules that hold."""
    return staff.request.get(site.course + "growth/settings/policy.json").json()["policy"]


def test_a_source_is_banned_after_seeing_whom_it_meets(site, sign_in, profile, rules_come_back):
    wilma, _who = inviter(site, profile, "wilma")
    friend = fresh("frieda")
    friend = Newcomer(friend.username, f"{friend.username}@give-away.example")
    come_by(site, profile, address_in(message_of_own_client(wilma, site)["body"], site), friend)

    staff = sign_in("ada")
    staff.goto(site.course + "growth/settings/")
    staff.get_by_label("E-mail domains that do not count").fill("give-away.example")
    staff.get_by_role("button", name=TRY).click()
    shown = staff.locator("#what-would-happen")
    expect(shown).to_contain_text("Nothing is saved yet.")
    expect(shown).to_contain_text("1 case would have gone another way.")
    expect(shown.locator(".community-examples")).to_contain_text(f"{friend.username} · today “credited”")
    assert saved(site, staff)["banned_domains"] == []

    expect(staff.get_by_label("E-mail domains that do not count")).to_have_value("give-away.example")
    staff.get_by_role("button", name="Save the rules").click()
    expect(staff.get_by_text("The rules are saved.")).to_be_visible()
    assert saved(site, staff)["banned_domains"] == ["give-away.example"]
    staff.goto(site.course + "growth/lists/not-credited/")
    expect(staff.get_by_text(friend.username).first).to_be_visible()


def test_a_milestone_is_set_after_seeing_who_would_have_earned_it(site, sign_in, profile, rules_come_back):
    staff = sign_in("ada", java_script_enabled=False)
    set_rules(site, staff, hold_days="0")
    wilma, who = inviter(site, profile, "wilma")
    come_by(site, profile, address_in(message_of_own_client(wilma, site)["body"], site), fresh("fritz"))

    fill_milestone(site, staff, number=1, title="Guide")
    staff.get_by_role("button", name=TRY).click()
    shown = staff.locator("#what-would-happen")
    expect(shown.get_by_role("rowheader", name="“Guide” for inviters: granted")).to_be_visible()
    expect(shown.locator(".community-examples")).to_contain_text(
        f"{who.username}, “Guide” for inviters · today “not earned”, with these rules “granted”"
    )
    assert saved(site, staff)["milestones"] == []

    staff.get_by_text("1 friend has completed a first activity – Guide").click()  # what was typed is still there
    staff.get_by_label("How many").first.fill("2")
    staff.get_by_role("button", name=TRY).click()
    expect(staff.locator("#what-would-happen")).not_to_contain_text(who.username)
    save_milestones(staff)
    assert [(one["number"], one["title"]) for one in saved(site, staff)["milestones"]] == [(2, "Guide")]
