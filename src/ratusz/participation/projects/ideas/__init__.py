"""The idea survey of an edition: what people miss, asked online and by paper cards in urns before projects come."""
