"""Somebody invites the own mailbox twice: the course team sees the group, rejects it with a reason, and takes that back."""

from playwright.sync_api import expect

from tests.browser.inviting import address_in, come_by, fresh, inviter, message_of_own_client
from tests.browser.loop import Newcomer, funnel

WHY = "Both are the mailbox of who invited."


def test_a_group_is_rejected_and_the_rejection_undone(site, sign_in, profile):
    staff = sign_in("ada")
    before = funnel(site, staff)
    wilma, who = inviter(site, profile, "wilma")
    address = address_in(message_of_own_client(wilma, site)["body"], site)
    for number in (1, 2):
        come_by(site, profile, address, Newcomer(fresh("twin").username, f"{who.username}+{number}@example.org"))
    assert funnel(site, staff)["enrolled"] == before["enrolled"], "nobody has decided, and nobody counts"

    staff.goto(site.course + "growth/review/")
    group = staff.locator("section").filter(has_text=f"({who.username})")
    expect(group.get_by_role("heading")).to_contain_text("2 friends wait")
    expect(group.locator(".community-signs").first).to_contain_text("written in another way")
    group.get_by_role("button", name="Reject all 2").click()
    expect(staff.get_by_role("alert")).to_be_visible()
    group.get_by_label("Why").fill(WHY)
    group.get_by_role("button", name="Reject all 2").click()
    expect(staff.get_by_text("2 invitations are rejected.")).to_be_visible()
    expect(staff.locator("section").filter(has_text=f"({who.username})")).to_have_count(0)
    line = staff.get_by_role("row").filter(has_text=WHY)
    expect(line).to_contain_text("Rejected")

    wilma.goto(site.url + "/community/me/")
    said = wilma.locator("main").inner_text()
    assert WHY not in said
    assert "mailbox" not in said

    line.get_by_role("button", name="Undo").click()
    expect(staff.get_by_text("The decision is undone.")).to_be_visible()
    expect(staff.get_by_role("row").filter(has_text=WHY)).to_contain_text("undone by")
    expect(staff.locator("section").filter(has_text=f"({who.username})").get_by_role("heading")).to_contain_text(
        "2 friends wait"
    )
    group.get_by_role("button", name="Approve all 2").click()
    expect(staff.get_by_text("2 invitations are approved.")).to_be_visible()
    assert funnel(site, staff)["enrolled"] == before["enrolled"] + 2
