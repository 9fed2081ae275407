"""Whether a contract of messages is sound: AsyncAPI 2.0 to 2.6, 3.0 and 3.1."""

__all__: list[str] = []
