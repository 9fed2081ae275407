"""Consumer contracts: written from a contract, checked against one, verified and published."""
