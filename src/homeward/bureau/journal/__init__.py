"""The node's own log: who did what, and who read whom. Append-only, held by triggers in the database."""
