/** What the worlds with an organization share: service control policies at three levels. */
import { documentOf, FULL_ACCESS } from '../world.js'

/** Region lock as AWS's guide has it: services without regions are left out. */
const regionLock = documentOf({
  Sid: 'OnlyOurRegions',
  Effect: 'Deny',
  NotAction: ['iam:*', 'organizations:*', 'route53:*', 'cloudfront:*', 'support:*', 'budgets:*', 'sts:*'],
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1', 'us-east-1'] } },
})

export const scps: readonly (readonly string[])[] = [
  [
    FULL_ACCESS,
    documentOf(
      { Sid: 'StayInTheOrganization', Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' },
      { Sid: 'KeepTheTrail', Effect: 'Deny', Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'], Resource: '*' },
    ),
  ],
  [FULL_ACCESS, regionLock],
  [
    FULL_ACCESS,
    documentOf(
      {
        Sid: 'SmallInstances',
        Effect: 'Deny',
        Action: 'ec2:RunInstances',
        Resource: 'arn:aws:ec2:*:*:instance/*',
        Condition: { StringNotLike: { 'ec2:InstanceType': ['t3.*', 't4g.*', 'm7g.*'] } },
      },
      { Sid: 'NoPublicBuckets', Effect: 'Deny', Action: 's3:PutBucketPublicAccessBlock', Resource: '*' },
    ),
  ],
]
