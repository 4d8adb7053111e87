"""Files of strangers are read by a process apart, which can do nothing but read them and has little to do it with."""

from thammuu.paper.sandbox.answers import Answer
from thammuu.paper.sandbox.limits import Limits
from thammuu.paper.sandbox.running import Broken, TooMuch, read_apart, warm_up

__all__ = ["Answer", "Broken", "Limits", "TooMuch", "read_apart", "warm_up"]
