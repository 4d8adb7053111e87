"""The only writers of files and alerts from outside."""

from thammuu.interop.actions.handling import dismiss_alert
from thammuu.interop.actions.intake import Intake, take_in_file

__all__ = ["Intake", "dismiss_alert", "take_in_file"]
