"""Are these two records the same person, how sure, and why.

A machine only proposes: nothing in this room decides, stores, or asks the network.
"""
