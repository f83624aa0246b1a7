/** The JSON protocol of Organizations: `X-Amz-Target` names the operation, the body is the input. */
import { isObject, readJson, readShape, writeShape } from './json-shapes.js'
import { bodyText, type Protocol, text, type Value } from './protocol.js'

export const awsJson: Protocol = {
  decodeInput(model, operation, { body }) {
    const { input } = model.operations.get(operation)!
    const json = readJson(bodyText(body, 'SerializationException'))
    return input === undefined ? {} : (readShape(model, input, json, '') as Value)
  },

  encodeOutput(model, operation, output, requestId) {
    const { output: shape } = model.operations.get(operation)!
    return {
      status: 200,
      headers: { 'content-type': `application/x-amz-json-${model.jsonVersion}`, 'x-amzn-requestid': requestId },
      body: shape === undefined ? '' : JSON.stringify(writeShape(model, shape, output)),
    }
  },

  encodeError(model, { code, message, status }, requestId) {
    return {
      // Client faults answer 400 whatever the model says (recorded fact 4).
      status: status >= 500 ? status : 400,
      headers: { 'content-type': `application/x-amz-json-${model.jsonVersion}`, 'x-amzn-requestid': requestId },
      body: JSON.stringify({ __type: code, Message: message, message }),
    }
  },

  encodeInput(model, operation, input) {
    const { input: shape } = model.operations.get(operation)!
    return {
      method: 'POST',
      path: '/',
      query: '',
      headers: { 'content-type': `application/x-amz-json-${model.jsonVersion}`, 'x-amz-target': `${model.targetPrefix}.${operation}` },
      body: shape === undefined ? '{}' : JSON.stringify(writeShape(model, shape, input)),
    }
  },

  decodeOutput(model, operation, { body }) {
    const { output } = model.operations.get(operation)!
    return output === undefined ? {} : (readShape(model, output, readJson(text(body)), '') as Value)
  },

  decodeError({ status, body }) {
    const json = readJson(text(body))
    const get = (name: string): string => (isObject(json) && typeof json[name] === 'string' ? (json[name] as string) : '')
    return {
      code: get('__type').replace(/^.*#/, ''),
      message: get('message') || get('Message'),
      status,
      fault: status >= 500 ? 'server' : 'client',
    }
  },
}
