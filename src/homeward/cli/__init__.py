"""The command line. It reads arguments, calls the rooms below, and prints; it holds no rules."""
