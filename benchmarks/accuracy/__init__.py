"""How often the recognition of titles is right, on real titles that two people labelled."""
