"""What no message may show: secrets of the environment, users and passwords in addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.secrecy import names_user, veiled, without_user

VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=6, max_size=40).map(str.strip)


@given(st.text(max_size=30), VALUES.filter(lambda one: len(one) > 5 and "*" not in one), st.text(max_size=30))
def test_a_secret_of_the_environment_is_in_no_message(before, value, after):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANY_SECRET", value)
        assert value not in veiled(f"{before}{value}{after}")


@pytest.mark.parametrize(
    "name",
    [
        "AWS_SECRET_ACCESS_KEY",
        "aws_session_token",
        "GITHUB_TOKEN",
        "AZURE_STORAGE_SAS_KEY",
        "PURGE_SECRET",
        "DB_PASSWD",
    ],
)
def test_variables_are_known_for_secrets_by_their_names(monkeypatch, name):
    monkeypatch.setenv(name, "0123456789")
    assert veiled("it is 0123456789, they say") == "it is ***, they say"


@pytest.mark.parametrize("name", ["SYNDICATE_SECRET_FILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "SASSPATH", "HOME_OF_IT"])
def test_what_only_says_where_a_secret_is_is_none(monkeypatch, name):
    monkeypatch.setenv(name, "/etc/syndicate/secrets")
    assert veiled("/etc/syndicate/secrets: no such file") == "/etc/syndicate/secrets: no such file"


def test_each_of_several_webhook_secrets_is_masked(monkeypatch):
    monkeypatch.setenv("SYNDICATE_WEBHOOK_SECRETS", "github:0123456789abcdef fedcba9876543210")
    assert veiled("0123456789abcdef or fedcba9876543210") == "*** or ***"


def test_a_secret_that_holds_another_one_is_masked_whole(monkeypatch):
    monkeypatch.setenv("A_TOKEN", "abcdefgh")
    monkeypatch.setenv("B_TOKEN", "abcdefgh-and-more")
    assert veiled("abcdefgh-and-more") == "***"


def test_short_values_are_left_alone(monkeypatch):
    monkeypatch.setenv("USE_TOKEN", "yes")
    assert veiled("yes, it is") == "yes, it is"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:pass@example.org/x", "https://***@example.org/x"),
        ("https://token@example.org", "https://***@example.org"),
        ("s3://key:se@cret@bucket/a@b", "s3://***@bucket/a@b"),
        ("tcp://:pw@10.0.0.1:8786", "tcp://***@10.0.0.1:8786"),
    ],
)
def test_users_and_passwords_are_masked_in_any_address(address, shown):
    assert veiled(f"{address!r}: {address} fails") == f"{shown!r}: {shown} fails"
    assert names_user(address)
    assert without_user(address) == shown.replace("***@", "")


@pytest.mark.parametrize("address", ["https://example.org/@ada", "mailto:a@b.c", "https://example.org/?a@b", "a@b"])
def test_addresses_without_are_left_alone(address):
    assert not names_user(address)
    assert veiled(address) == without_user(address) == address
