"""Every action of alerts."""

from tests.ground import Organisation
from tests.interop.messages import message
from tests.promises.acts.replay import Replay
from thammuu.interop import actions as interop
from thammuu.interop.models import Alert


def act(does: Replay, organisation: Organisation) -> None:
    duty, unit = organisation.duty, organisation.ministry

    def arrives(identifier: str, **said: str) -> Alert:
        content = message(identifier=identifier, **said).encode()
        does(interop.take_in_file, actor=duty, content=content, name="a.cap", source="upload", unit=unit)
        return Alert.objects.get(identifier=identifier)

    sender, sent = "kttv@example.vn", "2026-10-01T07:00:00+07:00"
    does(interop.accept_alert, actor=duty, alert=arrives("A").id)
    does(interop.dismiss_alert, actor=duty, alert=arrives("B").id, reason="đã biết")
    draft = arrives("C")
    does(interop.follow_incident, actor=duty, incident=draft.incident_id, taken_up=True, reason="")
    arrives("D")
    arrives("E", kind="Update", references=f"{sender},D,{sent}", sent="2026-10-01T08:00:00+07:00")
    arrives("F", kind="Cancel", references=f"{sender},A,{sent}", sent="2026-10-01T09:00:00+07:00")
