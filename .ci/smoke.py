"""Start an installed `thammuu demo`, fetch the sign-in page with its front end, stop it: smoke.py THAMMUU HOME."""

import re
import signal
import subprocess
import sys
from urllib.request import Request, urlopen


def smoke(program: str, home: str) -> None:
    """Exits with a sentence when something is missing."""
    command = [program, "demo", "--home", home]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:  # noqa: S603 - what is under test
        try:
            look(address(demo))
        finally:
            demo.send_signal(signal.SIGINT)
        if demo.wait() != 0:
            sys.exit(f"The demo ended with {demo.returncode}.")
    print("The installed demo served its sign-in page and stopped.")


def address(demo: subprocess.Popen[str]) -> str:
    """Where it says that it is open."""
    said = ""
    for line in demo.stdout or ():
        said += line
        if found := re.search(r"http://localhost:\d+/", line):
            return found[0]
    sys.exit(f"The demo did not open: {said}")


def look(url: str) -> None:
    """The sign-in page is there, in Vietnamese, with its script."""
    page = fetch(f"{url}sign-in/").decode()
    scripts = re.findall(r'src="/(static/[^"]+\.js)"', page)
    if not scripts or not fetch(url + scripts[0]):
        sys.exit("The wheel does not carry the built front end.")
    if "Đăng nhập" not in page:
        sys.exit("The wheel does not carry the compiled translations.")


def fetch(url: str) -> bytes:
    """The body of a page that answers 200; anything else raises."""
    with urlopen(Request(url, headers={"Accept-Language": "vi"})) as answer:  # noqa: S310 - our own address
        return bytes(answer.read())


if __name__ == "__main__":
    smoke(*sys.argv[1:])
