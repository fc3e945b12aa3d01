"""What a letter says, read from its bytes; whatever harms or cannot be read comes back as a code of rules.PROBLEMS, never raises.

The standard library reads it (email.parser with the policy compat32, which takes headers apart only when they are asked for):
django-mailbox keeps messages in models of its own without checks, and mail-parser would add a second reading of the same parts.
"""

from ratusz.foundation.incoming.reading.letters import Found, Read, read_letter

__all__ = ["Found", "Read", "read_letter"]
