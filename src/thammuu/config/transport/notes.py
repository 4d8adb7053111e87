"""Messages for the next page, kept in a cookie until it is shown."""

from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponseBase


class Messages(CookieStorage):
    """Django's storage, but a cookie that was never there is not taken away, and one that is, as it was set."""

    def _update_cookie(self, encoded_data: str | None, response: HttpResponseBase) -> None:
        if not encoded_data and self.cookie_name not in self.request.COOKIES:
            return
        super()._update_cookie(encoded_data, response)  # type: ignore[misc]  # the stubs leave out Django's inner methods
        if not encoded_data:
            response.cookies[self.cookie_name]["secure"] = self.request.is_secure()
