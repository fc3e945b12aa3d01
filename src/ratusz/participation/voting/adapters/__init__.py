"""Outside services that know voters: the city's OpenID Connect provider."""
