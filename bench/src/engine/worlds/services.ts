/** Services with some of their actions, to make many different statements from. The actions are about things of the one type named. */
import { arnFront } from '../world.js'

export interface Service {
  readonly name: string
  /** What comes before the name of one thing. */
  readonly front: string
  readonly reads: readonly string[]
  readonly writes: readonly string[]
  /** None of the statements grants it. */
  readonly never: string
}

const service = (name: string, type: string, reads: string, writes: string, never: string): Service => ({
  name,
  front: name === 's3' ? 'arn:aws:s3:::' : `${arnFront(name)}${type}`,
  reads: reads.split(' '),
  writes: writes.split(' '),
  never,
})

export const services: readonly Service[] = [
  service('s3', '', 'GetObject GetObjectTagging GetObjectAcl', 'PutObject DeleteObject PutObjectTagging', 'BypassGovernanceRetention'),
  service('dynamodb', 'table/', 'GetItem Query Scan', 'PutItem UpdateItem DeleteItem', 'DeleteTable'),
  service('cloudformation', 'stack/', 'DescribeStacks GetTemplate', 'CreateStack UpdateStack', 'DeleteStack'),
  service(
    'elasticfilesystem',
    'file-system/',
    'DescribeMountTargets ListTagsForResource',
    'ClientWrite UpdateFileSystem',
    'DeleteFileSystem',
  ),
  service('lambda', 'function:', 'GetFunction GetPolicy GetAlias', 'InvokeFunction UpdateFunctionCode', 'DeleteFunction'),
  service('secretsmanager', 'secret:', 'GetSecretValue DescribeSecret', 'PutSecretValue UpdateSecret', 'DeleteSecret'),
  service('ssm', 'parameter/', 'GetParameter GetParameters', 'PutParameter LabelParameterVersion', 'DeleteParameter'),
  service('logs', 'log-group:', 'FilterLogEvents DescribeLogStreams', 'PutRetentionPolicy PutMetricFilter', 'DeleteLogGroup'),
  service('kinesis', 'stream/', 'GetRecords DescribeStream', 'PutRecord PutRecords', 'DeleteStream'),
  service('ecr', 'repository/', 'BatchGetImage DescribeImages', 'PutImage InitiateLayerUpload', 'DeleteRepository'),
  service('states', 'stateMachine:', 'DescribeStateMachine ListExecutions', 'StartExecution UpdateStateMachine', 'DeleteStateMachine'),
  service('events', 'rule/', 'DescribeRule ListTargetsByRule', 'PutRule PutTargets', 'DeleteRule'),
  service('codebuild', 'project/', 'BatchGetProjects ListBuildsForProject', 'StartBuild StopBuild', 'DeleteProject'),
  service('glue', 'table/', 'GetTable GetPartitions', 'CreateTable UpdateTable', 'DeleteTable'),
  service('athena', 'workgroup/', 'GetQueryExecution GetQueryResults', 'StartQueryExecution StopQueryExecution', 'DeleteWorkGroup'),
  service('rds', 'db:', 'DescribeDBInstances ListTagsForResource', 'StartDBInstance StopDBInstance', 'DeleteDBInstance'),
  service('ec2', 'instance/', 'GetConsoleOutput GetPasswordData', 'StartInstances StopInstances', 'TerminateInstances'),
  service('ecs', 'service/', 'DescribeServices ListServiceDeployments', 'UpdateService CreateService', 'DeleteService'),
  service(
    'elasticache',
    'cluster:',
    'DescribeCacheClusters ListTagsForResource',
    'ModifyCacheCluster RebootCacheCluster',
    'DeleteCacheCluster',
  ),
  service(
    'firehose',
    'deliverystream/',
    'DescribeDeliveryStream ListTagsForDeliveryStream',
    'PutRecord PutRecordBatch',
    'DeleteDeliveryStream',
  ),
]
