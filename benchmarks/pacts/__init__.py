"""How fast pacts are compared, written and verified."""
