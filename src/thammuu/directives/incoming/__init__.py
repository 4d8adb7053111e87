"""Documents that come in from outside: registered, passed on, answered, and traced to what carries them out."""
