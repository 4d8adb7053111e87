"""What is handed out as a file."""

from urllib.parse import quote

from django.http import HttpResponse


def handed_out(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return an answer that the browser saves under the name."""
    answer = HttpResponse(content, content_type=str(kind))
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
