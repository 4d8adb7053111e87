"""What goes to a browser: the known values of RFC 8291, and that only its own browser opens it."""

import os

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from tests.directives.urging.push.ground import Browser, bytes_of, text_of
from thammuu.directives.urging.push.encryption import encrypted

# RFC 8291, appendix A.
CONTENT = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
RECEIVER_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def key_of(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(bytes_of(text), "big"), ec.SECP256R1())


def test_the_known_message_is_encrypted_to_the_known_bytes() -> None:
    browser = Browser("", key_of(RECEIVER), bytes_of(SECRET))
    assert text_of(browser.public) == RECEIVER_PUBLIC
    body = encrypted(CONTENT, browser.public, browser.secret, key=key_of(SENDER), salt=bytes_of(SALT))
    assert text_of(body) == BODY
    assert browser.opens(body) == CONTENT


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 3000])
def test_its_own_browser_opens_it_and_no_other(length: int) -> None:
    browser, content = Browser(""), os.urandom(length)
    body = encrypted(content, browser.public, browser.secret)
    assert browser.opens(body) == content and len(body) == 86 + length + 1 + 16 <= 4096
    assert encrypted(content, browser.public, browser.secret)[:16] != body[:16], "a salt for each message"
    for other in (Browser("", secret=browser.secret), Browser("", browser.key, b"fedcba9876543210")):
        with pytest.raises(InvalidTag):
            Browser("", other.key, other.secret).opens(body)


def test_what_is_no_point_of_the_curve_is_refused() -> None:
    for wrong in (b"", b"\x04" + b"\x01" * 64, b"\x04" * 64):
        with pytest.raises(ValueError, match=r".+"):
            encrypted(CONTENT, wrong, b"0" * 16)
