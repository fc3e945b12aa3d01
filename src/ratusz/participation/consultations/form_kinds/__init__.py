"""How forms of a consultation that live in lower modules behave there: meetings of every kind, surveys."""
