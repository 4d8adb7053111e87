"""The provider of identities, running."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.oidc.provider_facts import SECRET
from thammuu.org.account.oidc.provider import Provider


@dataclass(frozen=True)
class RunningProvider:
    """`issuer` as the settings name it, `subject` as it calls the one officer it knows."""

    folder: Path
    issuer: str
    subject: str

    @property
    def settings(self) -> Provider:
        secret = self.folder / "secret"
        secret.write_text(f"{SECRET}\n")
        return Provider("sso", "Cổng SSO", self.issuer, "thammuu", secret)

    def depart(self, **ways: Any) -> None:
        """Let it depart in these ways from a good provider, and in no other."""
        (self.folder / "ways.json").write_text(json.dumps(ways))

    def answer_of(self, address: str) -> str:
        """Sign in there as a browser that was sent to the address, and return where it sends the browser back."""
        with httpx.Client(follow_redirects=True) as browser:
            form = browser.get(address)
            while str(form.url).startswith(self.issuer.removesuffix("/o")):
                token = browser.cookies["provider_csrf"]
                said = {"username": "an", "password": "an", "csrfmiddlewaretoken": token}
                answer = browser.post(form.url, data=said, follow_redirects=False)
                form = answer
                while form.is_redirect:
                    target = str(form.next_request.url) if form.next_request else ""
                    if not target.startswith(self.issuer.removesuffix("/o")):
                        return target
                    form = browser.get(target, follow_redirects=False)
        raise AssertionError(f"the provider sent nobody back: {form.status_code} {form.text[:300]}")


@contextmanager
def running_provider(folder: Path) -> Iterator[RunningProvider]:
    """A provider of its own, as long as the block lasts."""
    script = Path(__file__).parent / "provider.py"
    process = subprocess.Popen([sys.executable, script, folder], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        issuer, subject = process.stdout.readline().split()
        yield RunningProvider(folder, issuer, subject)
    finally:
        process.terminate()
        process.wait()
