"""Ways to compare two lists that give the same proposals: here, in this process; `spark`, on a cluster.

An engine takes two lists made ready and gives the rows and bits of every pair with any hope (`homeward.matching.rounds.Engine`);
what becomes of them is decided in one place for all engines (`homeward.matching.choosing`).
"""
