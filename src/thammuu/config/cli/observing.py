"""The commands of those who watch over an installation."""

from thammuu.config.cli.options import AsJson
from thammuu.config.cli.output import answer, console, say
from thammuu.config.language import _
from thammuu.config.observing.plan import digest_of, new_token


def metrics_token(as_json: AsJson = False) -> None:
    """Make a token for the program that reads the metrics, and the line that lets it."""
    token = new_token()
    line = f'metrics_token = "{digest_of(token)}"'
    if as_json:
        answer({"token": token, "setting": line})
        return
    say(_("Put this line into thammuu.toml and start Thammuu again:"))
    console.print(line, soft_wrap=True)
    say(_("The token, for the settings of the program that reads the metrics; it is shown this once:"))
    console.print(token, soft_wrap=True)
