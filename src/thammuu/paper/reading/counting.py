"""Numbers as lists print them. Pure."""

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ORDINALS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_MOST_ROMAN = 3999
_ALPHABET = 26


def roman(number: int) -> str:
    """Return a Roman number; numbers that have none as they are."""
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def letters(number: int) -> str:
    """Return a letter of the Latin alphabet; behind z come aa, bb and so on, as office programs count."""
    if not 0 < number <= _ALPHABET * _ALPHABET:
        return str(number)
    return chr(ord("a") + (number - 1) % _ALPHABET) * ((number - 1) // _ALPHABET + 1)


def ordinal(number: int) -> str:
    """Return a Vietnamese number word up to ten, digits beyond."""
    return _ORDINALS[number] if 0 < number < len(_ORDINALS) else str(number)
