"""The component tags, drawn through real templates."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from thammuu.ui.ages import age_text
from thammuu.ui.specimens import SpecimenForm

NOW = datetime(2026, 11, 23, 12, 40, 5, tzinfo=UTC)


def draw(source: str, address: str = "/list/", **values: object) -> str:
    request = RequestFactory().get(address)
    return Template("{% load i18n ui %}" + source).render(RequestContext(request, values))


def test_a_status_speaks_by_shape_word_and_colour() -> None:
    with translation.override("en"):
        drawn = draw('{% status "serious" %}')
    assert "#status-serious" in drawn
    assert "Serious" in drawn
    assert 'class="status serious"' in drawn


def test_an_unknown_status_or_icon_is_a_fault_of_the_template() -> None:
    with pytest.raises(TemplateSyntaxError):
        draw('{% status "purple" %}')
    with pytest.raises(TemplateSyntaxError):
        draw('{% icon "no-such-icon" %}')


def test_a_clock_shows_the_organisations_zone() -> None:
    drawn = draw('{% clock at %} {% clock at "full" %}', at=NOW)
    assert ">19:40<" in drawn
    assert ">19:40 23/11/2026<" in drawn
    assert 'datetime="2026-11-23T19:40:05+07:00"' in drawn


def test_text_is_escaped_everywhere() -> None:
    hostile = "<img src=x>"
    drawn = draw(
        "{% badge text %}{% status 'normal' text %}{% notice text %}{% empty_state text %}"
        "{% panel title=text %}{% endpanel %}",
        text=hostile,
    )
    assert "<img" not in drawn


@pytest.mark.parametrize(
    ("ago", "vi", "en"),
    [
        (timedelta(seconds=20), "vừa xong", "now"),
        (timedelta(minutes=12), "12 phút", "12 min"),
        (timedelta(minutes=95), "95 phút", "95 min"),
        (timedelta(hours=30), "30 giờ", "30 h"),
        (timedelta(days=3), "3 ngày", "3 days"),
        (-timedelta(minutes=25), "còn 25 phút", "in 25 min"),
    ],
)
def test_ages(ago: timedelta, vi: str, en: str) -> None:
    for language, words in (("vi", vi), ("en", en)):
        with translation.override(language):
            assert age_text(NOW - ago, NOW) == words


def test_sorting_turns_round_and_keeps_the_filters() -> None:
    up = draw('{% sort_head "at" "Time" %}', "/list/?q=fire&sort=at&page=3")
    assert 'aria-sort="ascending"' in up
    assert "sort=-at" in up
    assert "q=fire" in up
    assert "page" not in up


def test_pagination_keeps_the_filters() -> None:
    drawn = draw("{% pagination page %}", "/list/?q=fire", page=Paginator(range(60), 25).page(2))
    assert "26–50" in drawn
    assert "q=fire" in drawn
    assert "page=3" in drawn


def test_every_form_gets_another_submission_id() -> None:
    assert draw("{% submission %}") != draw("{% submission %}")


def test_a_refused_form_names_its_faults_twice_and_ties_them_to_their_fields() -> None:
    drawn = Template("{{ form }}").render(Context({"form": SpecimenForm({"note": "kept"})}))
    assert 'href="#id_title"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "id_title_helptext id_title_error" in drawn
    assert ">kept</textarea>" in drawn.replace("\n", "")
