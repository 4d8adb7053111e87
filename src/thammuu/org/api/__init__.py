"""The programming interface: who calls, how it is asked and answered; and the directory's own part of it."""
