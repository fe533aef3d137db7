"""In the verifier's one file this stands in for the library of this name: the few functions that checking signatures asks for."""
