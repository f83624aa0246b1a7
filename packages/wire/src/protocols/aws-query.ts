/** The query protocol of IAM and STS: a form in, XML out (iam-behaviour §1). */
import type { HttpResponse } from '../http.js'
import { type Protocol, text, type Value } from './protocol.js'
import { codecOf } from './query-codec.js'
import { keptParameters, parameterTree } from './query-parameters.js'
import { child, readXml } from './xml-reader.js'
import { escapeXml } from './xml-writer.js'

const xmlHeaders = (requestId: string): Record<string, string> => ({ 'content-type': 'text/xml', 'x-amzn-requestid': requestId })

export const awsQuery: Protocol = {
  decodeInput(model, operation, request) {
    const { input } = model.operations.get(operation)!
    if (input === undefined || model.shapes.get(input)!.members?.length === 0) return {}
    return codecOf(model, input).read(parameterTree(keptParameters(request)), '') as Value
  },

  encodeOutput(model, operation, output, requestId) {
    const { output: shape, resultWrapper } = model.operations.get(operation)!
    const content = shape === undefined ? '' : codecOf(model, shape).write(output)
    const result = shape === undefined ? '' : `  <${resultWrapper}>${content}</${resultWrapper}>\n`
    return {
      status: 200,
      headers: xmlHeaders(requestId),
      body: `<${operation}Response xmlns="${model.xmlNamespace}">\n${result}  <ResponseMetadata>\n    <RequestId>${requestId}</RequestId>\n  </ResponseMetadata>\n</${operation}Response>\n`,
    }
  },

  /** An error without a message has no element for it. */
  encodeError(model, { code, message, status, fault, namespace }, requestId) {
    const type = fault === 'client' ? 'Sender' : 'Receiver'
    const said = message === '' ? '' : `    <Message>${escapeXml(message)}</Message>\n`
    return {
      status,
      headers: xmlHeaders(requestId),
      body: `<ErrorResponse xmlns="${namespace ?? model.xmlNamespace}">\n  <Error>\n    <Type>${type}</Type>\n    <Code>${escapeXml(code)}</Code>\n${said}  </Error>\n  <RequestId>${requestId}</RequestId>\n</ErrorResponse>\n`,
    }
  },

  encodeInput(model, operation, input) {
    const form = [`Action=${operation}`, `Version=${model.apiVersion}`]
    const { input: shape } = model.operations.get(operation)!
    if (shape !== undefined) codecOf(model, shape).writeForm('', input, form)
    return {
      method: 'POST',
      path: '/',
      query: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: form.join('&'),
    }
  },

  decodeOutput(model, operation, response: HttpResponse) {
    const { output, resultWrapper } = model.operations.get(operation)!
    const result = child(readXml(text(response.body).trim()), resultWrapper ?? '')
    return output === undefined || result === undefined ? {} : (codecOf(model, output).readElement(result) as Value)
  },

  decodeError({ status, body }) {
    const error = child(readXml(text(body).trim()), 'Error')
    const read = (name: string): string => child(error, name)?.text ?? ''
    return { code: read('Code'), message: read('Message'), status, fault: read('Type') === 'Receiver' ? 'server' : 'client' }
  },
}
