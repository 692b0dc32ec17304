"""A secret in two halves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.kit.sealing import seal, seal_text, unseal, unseal_text

ASCII = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=20, max_size=64)


@given(ASCII, st.text(min_size=1), st.text(min_size=1))
def test_both_halves_give_the_secret(secret: str, key: str, name: str) -> None:
    assert unseal(seal(secret, key=key, name=name), key=key, name=name) == secret


@given(ASCII)
def test_one_half_alone_or_another_name_does_not(secret: str) -> None:
    half = seal(secret, key="key", name="one")
    assert secret not in bytes.fromhex(half).decode(errors="replace")
    assert unseal(half, key="another", name="one") != secret
    assert unseal(half, key="key", name="two") != secret


def test_what_is_longer_than_the_pad_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        seal("x" * 65, key="key", name="one")


@given(st.text(), st.text(min_size=1))
def test_a_text_of_any_length_is_sealed(text: str, key: str) -> None:
    text = text.encode(errors="replace").decode()
    key = key.encode(errors="replace").decode()
    sealed = seal_text(text, key=key)
    assert unseal_text(sealed, key=key) == text
    assert unseal_text(sealed, key=key + "x") is None
    assert unseal_text("A" + sealed[1:] if sealed[0] != "A" else "B" + sealed[1:], key=key) is None
    assert unseal_text("no base 64", key=key) is None
