"""The component tags: `{% load ui %}`. The living style page (`/style/`) shows each of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django import template
from django.core.paginator import Page
from django.template.context import Context, RequestContext
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy

from thammuu.kernel.ids import new_id
from thammuu.ui import assets
from thammuu.ui.ages import age_text, skew_text
from thammuu.ui.script_data import script_data

register = template.Library()

STATUS_WORDS: Mapping[str, Promise] = {
    "critical": pgettext_lazy("status", "Critical"),
    "serious": pgettext_lazy("status", "Serious"),
    "caution": pgettext_lazy("status", "Caution"),
    "normal": pgettext_lazy("status", "Normal"),
    "standby": pgettext_lazy("status", "Standby"),
    "off": pgettext_lazy("status", "Off"),
}
CLOCK_FORMATS = {"time": "H:i", "seconds": "H:i:s", "date": "d/m/Y", "short": "H:i d/m", "full": "H:i d/m/Y"}


@register.simple_tag(takes_context=True)
def front_end(context: Context, entry: str) -> SafeString:
    """Link an entry's style sheets and script ("app" is in the layout); the script by the page's nonce."""
    fonts = format_html_join(
        "\n",
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
        ((url,) for url in (assets.font_urls() if entry == "app" else ())),
    )
    styles = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((url,) for url in assets.style_urls(entry)))
    nonce = getattr(context.get("request"), "csp_nonce", "")
    script = format_html('<script type="module" src="{}" nonce="{}"></script>', assets.script_url(entry), nonce)
    return format_html("{}\n{}\n{}", fonts, styles, script)


@register.simple_tag
def asset(entry: str) -> str:
    """Return the address of an entry's script, or of the "sprite"."""
    return assets.script_url(entry)


@register.simple_tag
def icon(name: str, extra: str = "", label: str = "") -> SafeString:
    """Draw an icon of the sprite. Decoration unless a label is given. An unlisted name is a fault of the template."""
    if name not in assets.icon_names():
        raise template.TemplateSyntaxError(f"{name!r} is not listed in thammuu/ui/icons.json")
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" {}><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        spoken,
        assets.script_url("sprite"),
        name,
    )


@register.simple_tag
def mark() -> SafeString:
    """Draw the product's mark in the colours of the theme."""
    return mark_safe(
        '<svg viewBox="0 0 32 32" aria-hidden="true" class="mark">'
        '<g fill="none" stroke-width="2.6" stroke-linecap="round">'
        '<path d="M5 7h22M16 7v18" stroke="currentColor"/><path class="mark-second" d="M9.5 15.5h13"/></g>'
        '<circle cx="16" cy="26" r="3.2" fill="currentColor"/></svg>'
    )


@register.simple_tag
def status(tone: str, word: str | Promise = "", compact: bool = False) -> SafeString:
    """Show a status by shape, word and colour; `compact` leaves the word to screen readers and the tooltip."""
    if tone not in STATUS_WORDS:
        raise template.TemplateSyntaxError(f"{tone!r} is no status; it is one of {', '.join(STATUS_WORDS)}")
    said = word or STATUS_WORDS[tone]
    shape = icon(f"status-{tone}")
    if compact:
        return format_html(
            '<span class="status {}" title="{}">{}<span class="visually-hidden">{}</span></span>',
            tone,
            said,
            shape,
            said,
        )
    return format_html('<span class="status {}">{}<span>{}</span></span>', tone, shape, said)


@register.simple_tag
def badge(text: str | Promise, tone: str = "") -> SafeString:
    """Show a short word in a box; toned only where it says something abnormal."""
    return format_html('<span class="badge{}">{}</span>', f" {tone}" if tone else "", text)


@register.simple_tag
def clock(instant: datetime | None, form: str = "time") -> SafeString:
    """Show an instant in the organisation's zone; forms: time, seconds, date, short, full. None shows a dash."""
    if instant is None:
        return mark_safe('<span class="muted">–</span>')
    local = timezone.localtime(instant)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        date_format(local, "H:i:s d/m/Y"),
        date_format(local, CLOCK_FORMATS[form]),
    )


@register.simple_tag
def age(instant: datetime | None, now: datetime | None = None) -> SafeString:
    """Show how long ago (or how soon) an instant is; the page keeps it current."""
    if instant is None:
        return mark_safe('<span class="muted">–</span>')
    local = timezone.localtime(instant)
    return format_html(
        '<relative-age><time datetime="{}" title="{}">{}</time></relative-age>',
        local.isoformat(timespec="seconds"),
        date_format(local, "H:i:s d/m/Y"),
        age_text(instant, now or timezone.now()),
    )


@register.simple_tag
def skew(device_at: datetime | None, server_at: datetime) -> SafeString:
    """Flag what a device sent whose clock was off; nothing if it was not (`device_at` None)."""
    if device_at is None:
        return SafeString()
    said = skew_text(device_at, server_at)
    return format_html('<span class="skew" title="{}">{}</span>', said, status("caution", said))


@register.simple_tag
def submission() -> SafeString:
    """Give a form its submission id, so that sending it twice stores it once."""
    return format_html('<input type="hidden" name="submission" value="{}">', new_id())


@register.simple_tag(takes_context=True)
def page_data(context: RequestContext) -> SafeString:
    """Hand the scripts their words, the icons' address and the palette's pages, as inert JSON."""
    return json_script(script_data(context.get("nav") or ()), "page-data")


@register.simple_block_tag
def panel(content: str, title: str | Promise = "", **options: object) -> SafeString:
    """Wrap content in a panel. Options: `icon`, `id`, `flush` (no padding), `count`, `link`, `link_label`, `foot`."""
    return render_to_string("ui/parts/panel.html", {"content": content, "title": title, **options})


@register.inclusion_tag("ui/parts/empty_state.html")
def empty_state(
    title: str | Promise, hint: str | Promise = "", icon: str = "inbox", link: str = "", link_label: str | Promise = ""
) -> dict[str, object]:
    """Say that there is nothing, and what to do next."""
    return {"title": title, "hint": hint, "icon": icon, "link": link, "link_label": link_label}


@register.inclusion_tag("ui/parts/notice.html")
def notice(text: str | Promise, tone: str = "", title: str | Promise = "") -> dict[str, object]:
    """Show a standing message in the page; toned only where something is abnormal."""
    shape = f"status-{tone}" if tone in STATUS_WORDS else "info"
    return {"text": text, "tone": tone, "title": title, "shape": shape}


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page[object]) -> dict[str, object]:
    """Show where one stands in a list; the links keep the filters of the address."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("ui/parts/sort_head.html", takes_context=True)
def sort_head(
    context: RequestContext, key: str, label: str | Promise, kind: str = "", first: bool = False
) -> dict[str, object]:
    """Head a column that sorts by `?sort=key` or `?sort=-key`; `first` marks the order without a parameter."""
    asked = context["request"].GET.get("sort", key if first else "")
    state = {key: "ascending", f"-{key}": "descending"}.get(asked, "")
    following = f"-{key}" if state == "ascending" else key
    return {"request": context["request"], "label": label, "state": state, "next": following, "kind": kind}


@register.inclusion_tag("ui/parts/tabs.html", takes_context=True)
def tabs(context: RequestContext, items: Sequence[Mapping[str, object]], label: str | Promise) -> dict[str, object]:
    """Show tabs that are links: items of `label`, `url` and optionally `count`; the page's own address is current."""
    request = context["request"]
    here = {request.path, request.get_full_path()}
    shown = [{**item, "current": item.get("current", item["url"] in here)} for item in items]
    return {"items": shown, "label": label}
