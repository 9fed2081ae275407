"""AsyncAPI as the model: documents, channels, operations, messages, schema formats."""
