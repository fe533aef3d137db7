"""What was agreed, as data: parties, sides, stages, groups, clauses, priorities; and whether a list is within it."""
