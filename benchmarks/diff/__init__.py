"""What comparing costs: load, diff, the whole command, memory; and what peers take for the same."""
