"""Topics and pages of units of the Office: what texts are about and who answers for them."""
