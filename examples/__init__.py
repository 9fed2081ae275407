"""Applications that generated tests are run against."""
