/** Account ids and ARNs as types of their own, so that a checked one cannot be mistaken for text. */

declare const checked: unique symbol
export type AccountId = string & { readonly [checked]: 'AccountId' }
export type Arn = string & { readonly [checked]: 'Arn' }

export interface ArnParts {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly accountId: string
  /** All behind the fifth colon. */
  readonly resource: string
}

export const isAccountId = (text: string): text is AccountId => /^\d{12}$/.test(text)

/** Undefined for text that is no ARN: fewer than six parts, or no partition, service or resource. */
export function readArn(text: string): ArnParts | undefined {
  const [arn, partition, service, region, accountId, ...resource] = text.split(':')
  if (arn !== 'arn' || !partition || !service || accountId === undefined || resource.length === 0 || resource[0] === '') return undefined
  return { partition, service, region: region!, accountId, resource: resource.join(':') }
}

export const writeArn = ({ partition, service, region, accountId, resource }: ArnParts): Arn =>
  `arn:${partition}:${service}:${region}:${accountId}:${resource}` as Arn
