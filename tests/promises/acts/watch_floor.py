"""Every action of the watch, and of what is handed in."""

import json

from tests.ground import Organisation
from tests.paper.files import photo, upload
from tests.promises.acts.replay import Replay
from thammuu.org import authority
from thammuu.paper import actions as paper
from thammuu.paper.intake import take_in
from thammuu.watch import actions as watch

SQUARE = {"type": "Polygon", "coordinates": [[[105, 21], [106, 21], [106, 22], [105, 21]]]}


def act(does: Replay, organisation: Organisation) -> None:
    duty, common = organisation.duty, {"actor": organisation.duty, "at": does.now, "unit": organisation.hanoi}
    incident = does(watch.open_incident, **common, title="Cháy kho").answer
    entry = does(
        watch.write_log_entry, **common, text="Có khói", files=[take_in(upload(photo(), "anh.jpg"))]
    ).answer  # fmt: skip
    does(watch.attach_log_entry, actor=duty, entry=entry, incident=incident)
    does(watch.share_incident, actor=duty, incident=incident, units=[organisation.hue])
    does(watch.strike_log_entry, actor=duty, entry=entry, reason="nhầm")
    does(watch.change_severity, actor=duty, incident=incident, severity="critical")
    does(watch.change_status, actor=duty, incident=incident, status="contained", reason="đã vây")
    does(watch.record_place, actor=duty, incident=incident, place_text="Cổng 1", lat=21.0, lon=105.8)
    contact = does(watch.give_contact, actor=duty, text="0912 345 678", incident=incident).answer
    does(watch.show_contact, actor=duty, contact=contact)
    does(watch.close_incident, actor=duty, incident=incident, outcome="Xong")
    does(watch.redact_due_contacts, actor=authority.SYSTEM, units=[organisation.ministry], days=0)
    does(watch.close_incident, actor=organisation.chief, incident=incident, outcome="Một người bị thương")
    does(watch.reopen_incident, actor=duty, incident=incident, reason="Bùng lại")
    drawing = does(
        watch.make_drawing, actor=duty, name="Sân", kind="site", geometry=SQUARE, unit=organisation.hanoi
    ).answer  # fmt: skip
    does(watch.remove_drawing, actor=duty, drawing=drawing)
    feature = {"type": "Feature", "properties": {"code": "01", "name": "Hà Nội"}, "geometry": SQUARE}
    boundaries = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    does(watch.import_boundaries, actor=organisation.chief, content=boundaries, level="province")
    picture = take_in(upload(photo(), "anh.jpg"))
    does(paper.store_attachment, actor=duty, file=picture, units=[organisation.hanoi])
