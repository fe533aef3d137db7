"""A list of names between parties: check it before sending, freeze it, compare versions, answer every name."""
