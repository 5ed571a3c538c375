"""Only the public Internet may be dialled, however an address is spelled."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.announcing.destinations import is_public

INSIDE = """
0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170
192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.7 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:20::1 2001:db8::1
2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 4000::1
""".split()
OUTSIDE = "1.1.1.1 8.8.8.8 9.9.9.9 100.63.255.255 172.32.0.1 192.0.1.1 2606:4700::1111 2a00:1450::1 64:ff9b::808:808 ::ffff:8.8.8.8".split()


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_special_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_is_public_is_allowed(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "text", ["", "localhost", "2130706433", "0x7f.1", "017700000001", "1.1.1", "①.①.①.①", "8.8.8.8 "]
)
def test_what_is_no_address_is_refused(text):
    assert not is_public(text)


@given(st.ip_addresses(v=4))
def test_whatever_python_calls_special_is_refused(address):
    special = address.is_private or address.is_multicast or address.is_reserved or address.is_loopback
    assert not (is_public(str(address)) and (special or address.is_link_local or not address.is_global))


@given(st.ip_addresses(v=6))
def test_whatever_python_calls_special_is_refused_in_the_new_protocol_too(address):
    if is_public(str(address)) and address not in ip_network("64:ff9b::/96") and address.ipv4_mapped is None:
        assert address.is_global
        assert not any((address.is_multicast, address.sixtofour, address.teredo, address.is_site_local))


@given(st.ip_addresses(v=4))
def test_an_address_that_carries_another_is_judged_by_it(inner):
    number = int(inner)
    for carrier in ("::ffff:0:0", "64:ff9b::"):
        assert is_public(str(IPv6Address(int(IPv6Address(carrier)) | number))) == is_public(str(inner))
    assert not is_public(str(IPv6Address(number)))
    assert not is_public(str(IPv6Address((0x2002 << 112) | (number << 80))))


@pytest.mark.parametrize("address", INSIDE[:21])
def test_no_spelling_of_a_special_address_resolves_to_a_public_one(address):
    number = int(IPv4Address(address))
    for spelling in (str(number), hex(number), f"0{number:o}"):
        answers = socket.getaddrinfo(spelling, 80, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        assert not any(is_public(answer[4][0]) for answer in answers)
