"""A learner invites by the own mail program and by a pasted list, joins a team, earns a badge, and shows it to others."""

import json
import urllib.request

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
from tests.referral_xblock.rewards import verifier

BADGE = "Guide of the meadow"


def test_from_two_invitations_to_a_badge_that_others_can_check(site, sign_in, profile, rules_come_back, tmp_path):
    staff = sign_in("ada")
    set_rules(site, staff, ticked=("Learners may form teams",), hold_days="0", jurisdiction="fr")
    fill_milestone(site, staff, number=2, title="Guide", badge=BADGE)
    save_milestones(staff)

    wilma, who = inviter(site, profile, "wilma")
    name_oneself(wilma, site, "Wilma F.")

    # By the own mail program: the platform sends nothing.
    message = message_of_own_client(wilma, site)
    mails = sign_in("bo")
    mails.goto(site.url + "/demo/outbox/")
    sent_before = mails.locator(".campus-mail").count()
    come_by(site, profile, address_in(message["body"], site), fresh("fritz"))

    # By a pasted list: the platform sends one message.
    friend = fresh("frieda")
    wilma.goto(f"{site.url}/community/me/invite/{site.facts['course_key']}/")
    wilma.get_by_label("E-mail addresses").fill(f"{friend.email}\nnonsense")
    wilma.get_by_role("button", name="Look at the list").click()
    expect(wilma.locator(".referral-line").nth(0)).to_contain_text("Can be sent")
    expect(wilma.locator(".referral-line").nth(1)).to_contain_text("No address")
    wilma.get_by_role("button", name="Send the invitations").click()
    expect(wilma.get_by_role("status")).to_contain_text("1 invitation is on its way")
    mails.goto(site.url + "/demo/outbox/")
    assert mails.locator(".campus-mail").count() == sent_before + 2, "the invitation, and the activation of Fritz"
    letter = mails.locator(".campus-mail").filter(has_text=friend.email)
    expect(letter).to_contain_text("Wilma F.")
    come_by(site, profile, letter.locator("a[href*='/r/']").first.get_attribute("href"), friend)

    # A team, by its code.
    chen = sign_in("chen")
    teams = f"{site.url}/community/teams/{site.facts['course_key']}/"
    chen.goto(teams)
    chen.get_by_label("Name of the team").fill("Meadow")
    chen.get_by_role("button", name="Begin the team").click()
    code = chen.locator("#bring ~ p bdi, section[aria-labelledby=bring] bdi").inner_text()
    wilma.goto(teams)
    wilma.get_by_label("Code or address that you were given").fill(code)
    wilma.get_by_role("button", name="Look at the team").click()
    wilma.get_by_role("button", name="Join the team").click()
    chen.goto(teams)
    expect(chen.locator("section[aria-labelledby=team]")).to_contain_text("Wilma F.")

    # Both friends have begun: the badge is there.
    wilma.goto(site.url + "/community/me/")
    wilma.get_by_role("link", name=f"See the badge “{BADGE}”").click()
    expect(wilma.get_by_role("heading", name=BADGE)).to_be_visible()
    address = wilma.url
    files = []
    for kind in ("PNG", "SVG"):
        with wilma.expect_download() as saved:
            wilma.get_by_role("link", name=f"Save the picture ({kind})").click()
        files.append(tmp_path / saved.value.suggested_filename)
        saved.value.save_as(files[-1])
    profile_link = wilma.get_by_role("link", name="Add it to my LinkedIn profile").get_attribute("href")
    assert profile_link.startswith("https://www.linkedin.com/profile/add?")
    wilma.get_by_role("button", name="Show my chosen name here").click()

    # Somebody else reads it, and checks the files without asking this site again.
    reader = profile()
    assert reader.goto(address).ok
    expect(reader.get_by_text("This badge holds.")).to_be_visible()
    expect(reader.get_by_text("Earned by Wilma F.")).to_be_visible()
    expect(reader.get_by_role("link", name="Save the picture (PNG)")).to_have_count(0)
    with urllib.request.urlopen(f"{site.url}/community/badges/keys.json") as answer:
        keys = json.load(answer)
    said = verifier.verify(files, keys, f"{site.url}/community/badges/issuer.json")
    assert set(said) == {file.name for file in files}
    for what in said.values():
        assert "error" not in what
        assert what["payload"]["id"] == address
        assert what["payload"]["credentialSubject"]["achievement"]["name"] == BADGE
        assert who.username not in json.dumps(what["payload"])
