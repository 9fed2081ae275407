"""What pacts cost: to write, and to verify."""
