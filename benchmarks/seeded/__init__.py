"""A real provider of the billing contract, and the faults that can be switched on in it."""
