"""The only writers of files and alerts from outside."""

from thammuu.interop.actions.handling import accept_alert, dismiss_alert, follow_incident
from thammuu.interop.actions.intake import Intake, take_in_file

__all__ = ["Intake", "accept_alert", "dismiss_alert", "follow_incident", "take_in_file"]
