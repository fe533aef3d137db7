"""The review desk: proposals side by side, two deciders, undo."""
