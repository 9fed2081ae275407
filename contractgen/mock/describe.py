"""What was inferred, for the banner."""
