"""Random pairs of schemas, and attacks on what is said about them."""
