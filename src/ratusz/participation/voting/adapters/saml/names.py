"""Names of SAML 2.0, XML signatures, XML encryption and eIDAS, as their specifications have them."""

PROTOCOL, ASSERTION = "urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:2.0:assertion"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
DS, DSIG11 = "http://www.w3.org/2000/09/xmldsig#", "http://www.w3.org/2009/xmldsig11#"
XENC, XENC11 = "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2009/xmlenc11#"
EIDAS = "http://eidas.europa.eu/saml-extensions"
PREFIXES = {
    "p": PROTOCOL, "a": ASSERTION, "soap": SOAP, "ds": DS, "dsig11": DSIG11, "xenc": XENC, "xenc11": XENC11, "eidas": EIDAS,
}  # fmt: skip

EXCLUSIVE, ENVELOPED = "http://www.w3.org/2001/10/xml-exc-c14n#", DS + "enveloped-signature"
SHA256 = XENC + "sha256"
AES_256_GCM, KEY_WRAP, AGREEMENT, DERIVATION = XENC11 + "aes256-gcm", XENC + "kw-aes256", XENC11 + "ECDH-ES", XENC11 + "ConcatKDF"
P256 = "urn:oid:1.2.840.10045.3.1.7"

SUCCESS, BEARER = "urn:oasis:names:tc:SAML:2.0:status:Success", "urn:oasis:names:tc:SAML:2.0:cm:bearer"
BY_ARTIFACT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
PERSON = "http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier"
BY_URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"
SUBSTANTIAL, HIGH = "http://eidas.europa.eu/LoA/substantial", "http://eidas.europa.eu/LoA/high"


def tag(prefix: str, name: str) -> str:
    """A name with its namespace, as the parser has it."""
    return f"{{{PREFIXES[prefix]}}}{name}"
