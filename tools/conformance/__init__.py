"""The conformance corpus: records, each with at most one fault, and what a verifier must say of each.

`world` tells an invented exchange act by act, with fixed keys and a fixed clock; the other modules are the cases, by what they are
about. Every expectation is written beside its case by hand: nothing here asks a verifier what it thinks. `tools/make-conformance`
writes the files.
"""
