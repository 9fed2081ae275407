"""The schemas of two versions: which belong together, what changed, and what that breaks."""
