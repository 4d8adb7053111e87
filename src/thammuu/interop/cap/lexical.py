"""The lexical forms of XML Schema that CAP uses: what is a dateTime, a language, an anyURI, a number.

Source: W3C XML Schema Part 2 (1.0) and RFC 3986. Where the reference implementation that the tests take as
the judge is narrower than RFC 3986 (a port has at least one digit and fits in 32 bits), so are we.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

_SPACE = " \t\r\n"
_DATE_TIME = re.compile(
    r"(-?)([0-9]{4,})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_CAP_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}")
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
# Characters that anyURI may hold although a URI may not: they are escaped before the URI is judged.
_ESCAPED = re.compile(r"[^\x20-\x7e]|[<>\"{}|\\^`]")
_LARGEST_PORT = 2**31 - 1
_PCHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_AUTHORITY = (
    r"(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?"
    r"(?:\[[^\]]*\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::(?P<port>[0-9]+))?"
)
_TAIL = rf"(?:\?(?:{_PCHAR}|[/?])*)?(?:#(?:{_PCHAR}|[/?\[\]])*)?"
_URI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:(?://{_AUTHORITY}(?:/{_PCHAR}*)*|/?(?:{_PCHAR}+(?:/{_PCHAR}*)*)?){_TAIL}")
_NO_COLON = _PCHAR.replace(":@", "@")
_RELATIVE = re.compile(
    rf"(?://{_AUTHORITY}(?:/{_PCHAR}*)*|/(?:{_PCHAR}+(?:/{_PCHAR}*)*)?|(?:{_NO_COLON}+(?:/{_PCHAR}*)*)?){_TAIL}"
)


def collapse(value: str) -> str:
    """White space as the schema's facet `collapse` leaves it: XML's four characters only, not every Unicode space."""
    return re.sub(f"[{_SPACE}]+", " ", value).strip(" ")


def is_cap_time(value: str) -> bool:
    """A dateTime in the narrower form of CAP 1.2: whole seconds and a numeric zone."""
    return _CAP_TIME.fullmatch(collapse(value)) is not None and is_date_time(value)


def is_date_time(value: str) -> bool:
    """A dateTime of XML Schema 1.0: `24:00:00` is allowed, the year 0000 and leap seconds are not."""
    match = _DATE_TIME.fullmatch(collapse(value))
    if match is None:
        return False
    year, month, day = match[2], int(match[3]), int(match[4])
    hour, minute, second = int(match[5]), int(match[6]), int(match[7])
    if not year.strip("0") or (len(year) > 4 and year[0] == "0") or not 1 <= month <= 12:
        return False
    # The calendar repeats after 400 years, so the last four digits tell a leap year, however long the year is.
    if not 1 <= day <= _days(int(year[-4:]), month):
        return False
    end_of_day = hour == 24 and minute == second == 0 and not (match[8] or "").strip(".0")
    if not (end_of_day or (hour < 24 and minute < 60 and second < 60)):
        return False
    return _zone_minutes(match[9]) is not None if match[9] else True


def instant(value: str) -> datetime | None:
    """The moment that a valid dateTime names; None where it has no zone. OverflowError outside the years 2-9998:
    what lies at the very ends of the calendar cannot be shown on the clock of another zone.
    """
    match = _DATE_TIME.fullmatch(collapse(value))
    if match is None or match[9] is None:
        return None
    if match[1] or len(match[2]) > 4:
        raise OverflowError(value)
    zone = timezone(timedelta(minutes=_zone_minutes(match[9]) or 0))
    fields = [int(match[index]) for index in (2, 3, 4)]
    clock = timedelta(hours=int(match[5]), minutes=int(match[6]), seconds=int(match[7]))
    moment = datetime(*fields, tzinfo=zone) + clock  # type: ignore[arg-type,misc]  # three fields by the pattern
    if not 1 < moment.astimezone(UTC).year < 9999:  # astimezone raises OverflowError at the ends of the calendar
        raise OverflowError(value)
    return moment


def is_language(value: str) -> bool:
    """xs:language; an empty element stands for its default and is valid, white space alone is not."""
    return value == "" or _LANGUAGE.fullmatch(collapse(value)) is not None


def is_uri(value: str) -> bool:
    """xs:anyURI: a URI reference once the characters that need escaping are escaped."""
    text = _ESCAPED.sub("_", collapse(value)).replace(" ", "_")
    match = _URI.fullmatch(text) or _RELATIVE.fullmatch(text)
    return match is not None and int((match["port"] or "0")[-20:]) <= _LARGEST_PORT


def is_integer(value: str) -> bool:
    """xs:integer."""
    return _INTEGER.fullmatch(collapse(value)) is not None


def is_decimal(value: str) -> bool:
    """xs:decimal."""
    return _DECIMAL.fullmatch(collapse(value)) is not None


def _days(year: int, month: int) -> int:
    """Days of the month in the proleptic Gregorian calendar."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _zone_minutes(zone: str) -> int | None:
    """Minutes east of UTC; None beyond 14:00."""
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    total = hours * 60 + minutes
    if minutes > 59 or total > 14 * 60:
        return None
    return -total if zone[0] == "-" else total
