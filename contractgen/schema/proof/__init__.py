"""Proofs about schemas: whether some value satisfies these terms and none of those."""
