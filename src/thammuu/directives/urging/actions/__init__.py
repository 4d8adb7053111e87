"""The only writers of policies of urging, of urgings, and of what carries them."""

from thammuu.directives.urging.actions.browsers import set_up_browser, take_off_browser, take_off_browsers
from thammuu.directives.urging.actions.delivering import begin_delivery, end_delivery, prepare_delivery, set_address
from thammuu.directives.urging.actions.sending import see_urgings, urge
from thammuu.directives.urging.actions.setting import change_ladder, draw_up_policy, switch_policy

__all__ = [
    "begin_delivery",
    "change_ladder",
    "draw_up_policy",
    "end_delivery",
    "prepare_delivery",
    "see_urgings",
    "set_address",
    "set_up_browser",
    "switch_policy",
    "take_off_browser",
    "take_off_browsers",
    "urge",
]
