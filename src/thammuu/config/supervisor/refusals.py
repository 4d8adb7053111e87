"""What stops a start, said in one sentence with its remedy."""


class CannotStart(Exception):
    """A start that was refused. The message is one sentence for the operator and names the remedy."""

    loggable = True
