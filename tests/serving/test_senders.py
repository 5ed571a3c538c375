"""Each sender's own scheme, with the examples of its documentation: what is genuine, forged, late or unsigned."""

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.serving.senders import SENDERS, TOLERANCE, Delivery, Refusal, Secret, verify

KEY = "a secret of twenty-two"
BODY = '{"ref":"refs/heads/main","é":1}'.encode()
NOW = 1_795_000_000


def mark(message, key=KEY):
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest().encode()


def standard(body=BODY, key=KEY, name=b"msg_1", moment=NOW, more=b""):
    signed = hmac.new(key.encode(), b"%s.%d.%s" % (name, moment, body), hashlib.sha256).digest()
    return {
        b"webhook-id": name,
        b"webhook-timestamp": str(moment).encode(),
        b"webhook-signature": more + b"v1," + base64.b64encode(signed),
    }


def ghost(body=BODY, moment=NOW * 1000):
    return {b"x-ghost-signature": b"sha256=%s, t=%d" % (mark(body + str(moment).encode()), moment)}


GENUINE = {
    "github": {b"x-hub-signature-256": b"sha256=" + mark(BODY), b"x-github-delivery": b"72d3162e"},
    "gitlab": {b"x-gitlab-token": KEY.encode(), b"x-gitlab-event-uuid": b"13792a34"},
    "gitea": {b"x-gitea-signature": mark(BODY), b"x-gitea-delivery": b"f6266f16"},
    "forgejo": {
        b"x-forgejo-signature": mark(BODY),
        b"x-gitea-signature": mark(BODY),
        b"x-forgejo-delivery": b"f6266f16",
    },
    "ghost": ghost(),
    "standard": standard(),
}


def judged(sender, headers, body=BODY, keys=(KEY,), now=NOW):
    return verify(sender, headers, body, [Secret(key) for key in keys], now)


def test_githubs_documentation_has_this_example():
    given = {b"x-hub-signature-256": b"sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"}
    assert isinstance(judged("github", given, b"Hello, World!", ["It's a Secret to Everybody"]), Delivery)


def test_the_specification_of_standard_webhooks_has_this_example():
    given = {
        b"webhook-id": b"msg_p5jXN8AQM9LWM0D4loKWxJek",
        b"webhook-timestamp": b"1614265330",
        b"webhook-signature": b"v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    secret = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]
    assert isinstance(judged("standard", given, b'{"test": 2432232314}', secret, 1614265330), Delivery)
    assert isinstance(judged("gitlab", given, b'{"test": 2432232314}', secret, 1614265330), Delivery)


@pytest.mark.parametrize("sender", SENDERS)
def test_what_is_genuine_is_taken(sender):
    found = judged(sender, GENUINE[sender])
    assert isinstance(found, Delivery)
    assert found.marks


@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("body", [b"", BODY + b" ", BODY[:-1], b"\x00" * 10])
def test_another_body_is_forged_wherever_it_is_signed(sender, body):
    assert sender == "gitlab" or judged(sender, GENUINE[sender], body).outcome == "forged"


@pytest.mark.parametrize("sender", SENDERS)
def test_another_secret_is_forged(sender):
    assert judged(sender, GENUINE[sender], keys=["another secret of ours"]).outcome == "forged"
    assert judged(sender, GENUINE[sender], keys=[]).outcome == "forged"


@pytest.mark.parametrize("sender", SENDERS)
def test_while_a_secret_is_changed_the_old_and_the_new_one_hold(sender):
    assert isinstance(judged(sender, GENUINE[sender], keys=["the new secret of ours", KEY]), Delivery)


def test_a_sender_may_sign_twice():
    old = standard(key="the sender's older secret")[b"webhook-signature"] + b" v1a,xyz "
    assert isinstance(judged("standard", standard(more=old)), Delivery)


@pytest.mark.parametrize("sender", SENDERS)
def test_without_a_signature_nothing_is_taken(sender):
    assert judged(sender, {}).outcome == "unsigned"
    for name in GENUINE[sender]:
        bare = {other: value for other, value in GENUINE[sender].items() if other != name}
        if "signature" in name.decode() and sender != "forgejo":
            assert judged(sender, bare).outcome == "unsigned"


@pytest.mark.parametrize("sender", SENDERS)
@given(header=st.binary(max_size=80))
def test_no_header_breaks_anything(sender, header):
    for name in GENUINE[sender]:
        headers = {**GENUINE[sender], name: header}
        assert isinstance(judged(sender, headers), Delivery | Refusal)


@pytest.mark.parametrize("sender", SENDERS)
@given(header=st.binary(min_size=1, max_size=80))
def test_no_guess_is_genuine(sender, header):
    signed = [name for name in GENUINE[sender] if b"signature" in name or b"token" in name]
    headers = {**GENUINE[sender], **dict.fromkeys(signed, header)}
    assert header == GENUINE[sender][signed[0]] or not isinstance(judged(sender, headers), Delivery)


@pytest.mark.parametrize("sender", ["ghost", "standard"])
@pytest.mark.parametrize("shift", [TOLERANCE + 2, -TOLERANCE - 2, 10**8, -(10**8)])
def test_what_is_signed_for_another_moment_is_late(sender, shift):
    assert judged(sender, GENUINE[sender], now=NOW + shift).outcome == "late"


def test_a_moment_that_was_not_signed_is_forged():
    later = str(NOW + 100).encode()
    assert judged("standard", {**standard(), b"webhook-timestamp": later}).outcome == "forged"
    assert (
        judged("ghost", {b"x-ghost-signature": ghost()[b"x-ghost-signature"].replace(b", t=", b", t=1")}).outcome
        == "forged"
    )


def test_a_copy_under_another_name_has_the_same_mark():
    first, second = (judged("github", {**GENUINE["github"], b"x-github-delivery": name}) for name in (b"1", b"2"))
    assert set(first.marks) & set(second.marks)


def test_a_secret_may_belong_to_one_sender_and_is_never_shown():
    mine = Secret(KEY, "github")
    assert isinstance(verify("github", GENUINE["github"], BODY, [mine], NOW), Delivery)
    assert verify("gitea", GENUINE["gitea"], BODY, [mine], NOW).outcome == "forged"
    assert KEY not in repr(mine)


def test_a_ping_builds_nothing():
    assert judged("github", {**GENUINE["github"], b"x-github-event": b"ping"}).idle
