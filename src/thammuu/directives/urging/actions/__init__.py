"""The only writers of policies of urging and of urgings."""

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
    "switch_policy",
    "urge",
]
