"""Checking signatures in plain Python, for the verifier that is one file and installs nothing (`tools/make-verifier`).

Slower than the compiled libraries (about a thousand signatures a second) and with the same answers: the official vectors decide
both. Only public things are touched here, so nothing needs to take the same time for every input. There is no signing.
"""
