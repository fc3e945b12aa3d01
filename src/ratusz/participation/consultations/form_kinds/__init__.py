"""How forms of a consultation that live in lower modules behave there: surveys."""
