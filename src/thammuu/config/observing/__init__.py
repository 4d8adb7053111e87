"""What an operator and his tools can see of a running installation: health, metrics, logs, the system page."""
