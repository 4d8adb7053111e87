"""The pages that every package registers: no two share a key."""

from collections import Counter

import pytest
from django.test import RequestFactory

from tests.ground import Organisation
from thammuu.ui import navigation

pytestmark = pytest.mark.django_db


def test_no_two_pages_share_a_key(organisation: Organisation) -> None:
    request = RequestFactory().get("/")
    request.actor = organisation.chief  # type: ignore[attr-defined]
    keys = Counter(item.keys for item in navigation.items(request) if item.keys)
    assert keys["g w"] == 1
    assert [key for key, count in keys.items() if count > 1] == []


def test_what_a_post_may_not_do_is_not_offered(organisation: Organisation) -> None:
    request = RequestFactory().get("/")
    offered = {}
    for name, actor in (("duty", organisation.duty), ("viewer", organisation.viewer)):
        request.actor = actor  # type: ignore[attr-defined]
        offered[name] = {item.name for item in navigation.items(request)}
    assert {"open-incident", "take-alerts-in"} <= offered["duty"]
    assert {"open-incident", "take-alerts-in"} & offered["viewer"] == set()
