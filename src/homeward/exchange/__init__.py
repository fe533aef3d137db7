"""What acts mean: who may do what when, balances, deviations, and the verdict over a record.

This room folds acts into a state and judges it; it stores nothing.
"""
