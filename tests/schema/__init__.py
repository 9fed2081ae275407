"""Tests of reasoning over schemas."""
