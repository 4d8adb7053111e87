"""The supervisor's main loop under a storm of signals."""

import os
import subprocess
import sys

STORM = """
import os, signal, threading
from thammuu.config.supervisor.family import Asked

asked, me = Asked(), os.getpid()
asked.listen()

def storm():
    for _number in range(20_000):
        os.kill(me, signal.SIGCHLD)
    os.kill(me, signal.SIGTERM)

threading.Thread(target=storm).start()
while not asked.to_stop:
    asked.wait()
print("stopped")
"""


def test_it_stops_when_asked_however_many_children_die_meanwhile() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run(
        [sys.executable, "-c", STORM], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout == "stopped\n"
