/** Namespaces and algorithm names of SAML and of XML security. */

export const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol'
export const assertion = 'urn:oasis:names:tc:SAML:2.0:assertion'
export const signature = 'http://www.w3.org/2000/09/xmldsig#'
export const encryption = 'http://www.w3.org/2001/04/xmlenc#'
export const encryption11 = 'http://www.w3.org/2009/xmlenc11#'

export const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
export const success = 'urn:oasis:names:tc:SAML:2.0:status:Success'
/** What the formats of names that SAML 2.0 has begin with: AWS tells the rest. */
export const formats = 'urn:oasis:names:tc:SAML:2.0:nameid-format:'
export const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
