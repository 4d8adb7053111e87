"""Messages of other systems: a pure codec, an inbound and an outbound side each."""
