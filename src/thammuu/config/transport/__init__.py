"""How the pages travel: HTTPS by an authority of our own, by own certificate files, or by a proxy in front."""
