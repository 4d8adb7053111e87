"""The demo: a fictional scenario for a home of its own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SignIn:
    """How a visitor of the demo signs in, and as which post."""

    name: str
    password: str
    post: str


def sign_ins() -> list[SignIn]:
    """The demo's sign-ins, in the order in which they are shown."""
    return [SignIn("quan-tri", "thammuu-demo", "Quản trị hệ thống")]


def load() -> bool:
    """Load the scenario unless it is there; True when it was loaded now."""
    from thammuu.config.first import create_first_administrator
    from thammuu.org.models import Account

    if Account.objects.exists():
        return False
    administrator = sign_ins()[0]
    create_first_administrator(administrator.name, administrator.password, "Trung tâm chỉ huy (trình diễn)")
    return True
