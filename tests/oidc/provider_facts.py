"""What the provider and whoever asks it have agreed on."""

SECRET = "bí mật của Thammuu"
PORTS = range(8100, 8200)
"""At which ports of this machine the product may be, to be sent back to."""
