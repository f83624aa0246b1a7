/** Partitions and regions: what a signature may name. */

/** Of these only `aws` is served; the others are known so that documents may name them. */
export const partitions = ['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc'] as const

export const partition = 'aws'

/** Services with one endpoint for all regions, and the region they sign with. */
export const globalServices: ReadonlyMap<string, string> = new Map([
  ['iam', 'us-east-1'],
  ['organizations', 'us-east-1'],
])

const wellFormed = /^[a-z]{2,4}(?:-[a-z]{2,9}){1,3}-\d{1,2}$/

/** Any name in the form of a region, so that one which AWS opens tomorrow works today. */
export const isRegion = (name: string): boolean => wellFormed.test(name)
