"""What a reading says of a file, in short; and envelopes to put alerts in."""

from thammuu.interop.cap import Reading, read


def codes(reading: Reading) -> list[str]:
    """Every fault of the file and of its alerts, in order."""
    return [item.code for finding in reading.findings for item in finding.faults] + [
        item.code for item in reading.faults
    ]


def warned(reading: Reading) -> list[str]:
    return [item.code for finding in reading.findings for item in finding.warnings]


def only(text: str | bytes) -> str:
    """The one fault of a file that is refused."""
    reading = read(text.encode() if isinstance(text, str) else text)
    assert reading.alerts == ()
    [code] = codes(reading)
    return code


def wrapped(*texts: str) -> str:
    return "".join(text.partition("?>")[2] if text.startswith("<?xml") else text for text in texts)


EDXL = (
    '<?xml version="1.0"?><d:EDXLDistribution xmlns:d="urn:oasis:names:tc:emergency:EDXL:DE:1.0">'
    "<d:distributionID>1</d:distributionID><d:distributionStatus>{status}</d:distributionStatus>"
    "<d:contentObject>{content}</d:contentObject></d:EDXLDistribution>"
)
