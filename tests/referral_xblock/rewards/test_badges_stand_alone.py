"""A badge can be checked by anybody, without us: by another implementation from the baked files, and by the published schema."""

import hashlib
import json
import re
from datetime import timedelta

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from referral_xblock.models import Badge, Reward
from referral_xblock.rewards import keys
from referral_xblock.rewards.actions import settle_rewards
from referral_xblock.rewards.new_key import make_key
from tests.referral_xblock.rewards import verifier

pytestmark = pytest.mark.django_db(transaction=True)

GUIDE = {"slug": "guide", "counts": "active", "number": 1, "title": "Guide", "badge": "Guide <of> bées & “co”"}


@pytest.fixture
def earn(friends, milestones, cast, course_key, now):
    """chen earns the badge; returns it."""

    def work(number=1):
        milestones(GUIDE)
        friends(number, active=True)
        settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
        return Badge.objects.get()

    return work


@pytest.fixture
def saved(client_of, cast, tmp_path):
    """Saves the three files of a badge as its owner does; returns their paths."""

    def work(badge):
        client = client_of(cast.chen)
        paths = []
        for name in ("badge.png", "badge.svg", "credential.jwt"):
            answer = client.get(f"/community/badges/{badge.public_id}/{name}")
            assert answer.status_code == 200
            paths.append(tmp_path / name)
            paths[-1].write_bytes(answer.content)
        return paths

    return work


def key_set(client_of):
    return client_of().get("/community/badges/keys.json").json()


@pytest.mark.slow
@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
def test_another_implementation_accepts_the_baked_files_offline(earn, saved, client_of, settings, cast, algorithm, now):
    settings.REFERRAL_BADGE_KEY, _public = make_key(algorithm)
    badge = earn()
    said = verifier.verify(saved(badge), key_set(client_of), "http://testserver/community/badges/issuer.json")
    assert set(said) == {"badge.png", "badge.svg", "credential.jwt"}
    for what in said.values():
        assert "error" not in what
        payload, header = what["payload"], what["header"]
        assert header == {
            "alg": algorithm, "typ": "JWT", "kid": f"http://testserver/community/badges/keys/{badge.key_id}.json",
        }  # fmt: skip
        assert payload["jti"] == payload["id"] == f"http://testserver/community/badges/{badge.public_id}/"
        assert payload["iss"] == payload["issuer"]["id"]
        assert payload["sub"] == payload["credentialSubject"]["id"]
        assert payload["validFrom"] == now.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert payload["nbf"] == int(now.timestamp())
        identity = payload["credentialSubject"]["identifier"][0]
        known = hashlib.sha256((cast.chen.email + identity["salt"]).encode()).hexdigest()
        assert identity["identityHash"] == f"sha256${known}"
        assert payload["credentialSubject"]["achievement"]["name"] == GUIDE["badge"]
        assert "chen" not in json.dumps(payload)


@pytest.mark.slow
def test_a_changed_credential_and_a_foreign_key_are_refused(earn, saved, client_of, badge_key, settings):
    badge = earn()
    paths = saved(badge)
    keys_of_site = key_set(client_of)
    token = paths[2].read_text()
    head, payload, signature = token.split(".")
    paths[2].write_text(".".join((head, payload[:-4] + ("AAAA" if payload[-4:] != "AAAA" else "BBBB"), signature)))
    issuer = "http://testserver/community/badges/issuer.json"
    assert "error" in verifier.verify(paths, keys_of_site, issuer)["credential.jwt"]
    settings.REFERRAL_BADGE_KEY, _public = make_key()
    foreign = verifier.verify(paths[:2], key_set(client_of), issuer)
    assert all("ERR_JWKS_NO_MATCHING_KEY" in what["error"] for what in foreign.values())


@pytest.mark.slow
def test_badges_of_a_former_key_stay_verifiable(earn, saved, client_of, badge_key, settings):
    paths = saved(earn())
    settings.REFERRAL_BADGE_KEY, _public = make_key("RS256")
    settings.REFERRAL_BADGE_FORMER_KEYS = [badge_key]
    said = verifier.verify(paths, key_set(client_of), "http://testserver/community/badges/issuer.json")
    assert all("payload" in what for what in said.values())
    assert len(key_set(client_of)["keys"]) == 2


def test_the_published_schema_accepts_the_credential(earn, client_of, badge_key):
    badge = earn()
    said = client_of().get(f"/community/badges/{badge.public_id}/credential.json").json()
    published = verifier.schema()
    jsonschema.Draft201909Validator(published, format_checker=jsonschema.FormatChecker()).validate(said)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(published).validate(
            {name: value for name, value in said.items() if name != "issuer"}
        )


def test_the_key_a_badge_names_is_found_there_and_is_no_secret(earn, client_of, badge_key):
    import jwt

    badge = earn()
    header = jwt.get_unverified_header(badge.token)
    answer = client_of().get(header["kid"].removeprefix("http://testserver"))
    assert answer.status_code == 200
    key = answer.json()
    assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
    assert jwt.decode(badge.token, jwt.PyJWK(key), algorithms=["ES256"], options={"verify_nbf": False})["jti"]
    assert client_of().get("/community/badges/keys/" + "0" * 32 + ".json").status_code == 404


def test_revocation_shows_in_the_list_and_ends_with_the_reason_for_it(
    earn, client_of, badge_key, course_key, cast, now
):
    from referral_xblock.models import Journey

    badge = earn()
    said = client_of().get(f"/community/badges/{badge.public_id}/credential.json").json()
    assert said["credentialStatus"]["type"] == "1EdTechRevocationList"
    address = said["credentialStatus"]["id"].removeprefix("http://testserver")

    def listed():
        answer = client_of().get(address)
        assert answer["Cache-Control"] == "no-store"
        assert answer.json()["id"] == said["credentialStatus"]["id"]
        return [entry["id"] for entry in answer.json()["revokedCredentials"] if entry["revoked"] is True]

    assert listed() == []
    Journey.objects.update(unenrolled_at=now)
    settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    assert listed() == [said["id"]]
    Journey.objects.update(unenrolled_at=None)
    settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now + timedelta(days=1))
    assert listed() == []
    assert client_of().get("/community/badges/revoked/256.json").status_code == 404


def test_without_a_key_there_are_rewards_and_the_badges_follow(
    earn, milestones, friends, cast, course_key, now, settings
):
    settings.REFERRAL_BADGE_KEY = ""
    milestones(GUIDE)
    friends(1, active=True)
    settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    assert Reward.objects.get().state == "granted"
    assert not Badge.objects.exists()
    settings.REFERRAL_BADGE_KEY = "/there/is/no/such/file"
    settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    assert not Badge.objects.exists()
    settings.REFERRAL_BADGE_KEY, _public = make_key()
    settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    assert Badge.objects.get().reward.state == "granted"


def test_the_command_makes_a_key_that_only_its_owner_reads(tmp_path, settings):
    file = tmp_path / "badges.pem"
    call_command("make_badge_key", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    settings.REFERRAL_BADGE_KEY = str(file)
    signing = keys.signing_key()
    assert signing.algorithm == "ES256"
    settings.REFERRAL_BADGE_KEY, settings.REFERRAL_BADGE_FORMER_KEYS = "", [f"{file}.pub"]
    assert list(keys.public_keys()) == [signing.id]
    with pytest.raises(CommandError, match=re.escape("Nothing was overwritten")):
        call_command("make_badge_key", str(file))


@pytest.mark.parametrize("setting", ["nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])
def test_a_key_that_is_none_is_said_in_words(settings, setting):
    settings.REFERRAL_BADGE_KEY = setting
    assert keys.problem_of_keys() not in ("", "no key is set")
