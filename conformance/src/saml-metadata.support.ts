/** Metadata of a SAML identity provider, as tests give it. */

/** A self-signed certificate: DER in base64. */
export const certificate =
  'MIIDFzCCAf+gAwIBAgIUQwmVGqw2yKRbjFn5D8SqLPcbSnAwDQYJKoZIhvcNAQELBQAwGjEYMBYGA1UEAwwPaWRwLmV4YW1wbGUuY29tMCAXDTI2MTEyNjExNTgyM1oYDzIxMjYxMTAyMTE1ODIzWjAaMRgwFgYDVQQDDA9pZHAuZXhhbXBsZS5jb20wggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCPAJL0BpaBfkzNfv54c1mS+f2VmwzAYIOarXP7SlpcDNugPXkFkagY0VvHFUf6KdSnSWkCaCfewYqydsaS1SuYAabvcDZiMqVekChoZ2/Ow7ORpOs71xy6RVD7OjYTzpNGWhPiA2oMm3JReJaymRNKLwdVDvF2jmo/nlkl0h608Im/B+LVck544eI1DTydf5PTfjJU/kBheRwhu0uf6lOvrwQxI7tzTpMH4flKRcnr2zC7C+UJFmxWgGhXiyMQzUuklZiXSqasGekm/KZ+WSiUy3ZaDynzubSySB/cztiII08Qx35qTL4fW+67CGz891ljgVXKnWWfLufc6u9BLp1dAgMBAAGjUzBRMB0GA1UdDgQWBBS3lz7VzhO81TdPPtWLLstYXEOPujAfBgNVHSMEGDAWgBS3lz7VzhO81TdPPtWLLstYXEOPujAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQB8TmckGDbjET5WSzkD+tYoyppZJUzSAIjJsh5F/iUaiDpF5DgwYXebH/btVwIlB0DtJRGKW2zorpxAyHSj+VLkUiDrp3SCEoOs0QLVGnMLdYs249AhbOAXUsd54qF0GA9kvnJYEfyFMlmMR6wJGxYKtuoLCwbSyEzDM2hYxBx2Sadl9hQlM1JVZKR9POZ7R/Rpf8lokQPZSj/oEyGMXN2kh8ajXy84Yllm53hB3CiHDppl5NmjEOEH/TYeKadPnnjRObyDKggsdEI78/U14n7fTnDxvUYubhAJMxBQ+yjkAkh/JqrTKGhXvPHcLosuG7FY/VcGsz6xhi1iXTxDbyCG'

export interface MetadataOptions {
  readonly entityId?: string
  readonly validUntil?: string
  readonly certificates?: readonly string[]
  /** Put before the root element. */
  readonly before?: string
}

export const samlMetadata = ({
  entityId = 'https://idp.example.com/saml',
  validUntil,
  certificates = [certificate],
  before = '',
}: MetadataOptions = {}): string => {
  const keys = certificates.map(
    (text) =>
      `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${text}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
${before}<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"${validUntil === undefined ? '' : ` validUntil="${validUntil}"`}>
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    ${keys.join('')}
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${entityId}/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`
}
