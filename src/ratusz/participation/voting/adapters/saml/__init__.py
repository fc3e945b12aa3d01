"""SAML 2.0 as login.gov.pl speaks it: messages we sign, answers we check whole before one word of them is read."""
