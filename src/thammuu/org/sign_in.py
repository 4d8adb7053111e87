"""Password sign-in. An unknown name costs the same time as a wrong password; a first-use secret ends with its term."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from thammuu.kernel import clock
from thammuu.org.models import Account


class PasswordBackend(BaseBackend):
    """Checks a sign-in name and password against the accounts."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_others: Any,
    ) -> Account | None:
        """Return the active account, or None."""
        if not username or password is None:
            return None
        account = Account.objects.filter(sign_in_name__iexact=username).first()
        if account is None:
            Account().set_password(password)
            return None
        right = account.check_password(password) and account.is_active
        due = account.first_use_ends is not None and account.first_use_ends <= clock.now()
        return account if right and not due else None

    def get_user(self, user_id: UUID) -> Account | None:
        """Return the account of a session, None once it is closed."""
        return Account.objects.filter(id=user_id, is_active=True).first()
