"""What messages cost, and what their tests find."""
