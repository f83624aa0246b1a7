/** Rows of users, groups, roles, instance profiles and access keys. */

import { otherDocument } from './documents.js'
import { attachments, boundaries, entity, inlinePolicies, tags } from './families.js'
import type { RowTable } from './row.js'

const path = { Path: '$Path' }
const keyListed = { by: 'ListAccessKeys', at: 'AccessKeyMetadata.*.AccessKeyId', value: '$AccessKeyId' } as const
const roleInProfile = { by: 'GetInstanceProfile', at: 'InstanceProfile.Roles.*.RoleName', value: '$RoleName' } as const
const inGroup = { by: 'ListGroupsForUser', at: 'Groups.*.GroupName', value: '$GroupName' } as const

export const principalRows: RowTable = {
  ...entity({
    thing: 'user',
    create: 'CreateUser',
    get: 'GetUser',
    list: 'ListUsers',
    delete: 'DeleteUser',
    at: 'User.Path',
    listedAt: 'Users.*.Path',
    value: '$Path',
    createInput: path,
  }),
  UpdateUser: {
    needs: ['user'],
    input: { NewUserName: 'renamed-user', NewPath: '$NewPath' },
    shows: { by: 'GetUser', with: { UserName: 'renamed-user' }, at: 'User.Path', value: '$NewPath' },
  },
  ...inlinePolicies('User'),
  ...attachments('User'),
  ...boundaries('User'),
  ...tags('User', 'user', 'userTags'),

  ...entity({
    thing: 'group',
    create: 'CreateGroup',
    get: 'GetGroup',
    list: 'ListGroups',
    delete: 'DeleteGroup',
    at: 'Group.Path',
    listedAt: 'Groups.*.Path',
    value: '$Path',
    createInput: path,
  }),
  UpdateGroup: {
    needs: ['group'],
    input: { NewGroupName: 'renamed-group', NewPath: '$NewPath' },
    shows: { by: 'GetGroup', with: { GroupName: 'renamed-group' }, at: 'Group.Path', value: '$NewPath' },
  },
  AddUserToGroup: { needs: ['user', 'group'], shows: inGroup },
  RemoveUserFromGroup: { needs: ['user', 'group', 'member'], shows: { ...inGroup, gone: true } },
  ListGroupsForUser: { needs: ['user', 'group', 'member'], shows: inGroup },
  ...inlinePolicies('Group'),
  ...attachments('Group'),

  ...entity({
    thing: 'role',
    create: 'CreateRole',
    get: 'GetRole',
    list: 'ListRoles',
    delete: 'DeleteRole',
    at: 'Role.Path',
    listedAt: 'Roles.*.Path',
    value: '$Path',
    createInput: path,
  }),
  UpdateRole: {
    needs: ['role'],
    input: { Description: '$Description', MaxSessionDuration: 7200 },
    shows: { by: 'GetRole', at: 'Role.MaxSessionDuration', value: 7200 },
  },
  UpdateRoleDescription: { needs: ['role'], shows: { by: 'GetRole', at: 'Role.Description', value: '$Description' } },
  UpdateAssumeRolePolicy: {
    needs: ['role'],
    input: { PolicyDocument: otherDocument.trust },
    shows: { by: 'GetRole', at: 'Role.AssumeRolePolicyDocument', value: otherDocument.trust },
  },
  ...inlinePolicies('Role'),
  ...attachments('Role'),
  ...boundaries('Role'),
  ...tags('Role', 'role', 'roleTags'),

  CreateServiceLinkedRole: {
    input: { AWSServiceName: 'autoscaling.amazonaws.com', CustomSuffix: '$CustomSuffix' },
    resource: 'arn:aws:iam::$ACCOUNT:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_CreateServiceLinkedRole',
    shows: {
      by: 'GetRole',
      with: { RoleName: 'AWSServiceRoleForAutoScaling_CreateServiceLinkedRole' },
      at: 'Role.Path',
      value: '/aws-service-role/autoscaling.amazonaws.com/',
    },
  },
  DeleteServiceLinkedRole: {
    needs: ['serviceLinkedRole'],
    resource: '$RoleArn',
    shows: { by: 'GetRole', at: 'Role.RoleName', value: '$RoleName', gone: true },
  },
  GetServiceLinkedRoleDeletionStatus: {
    needs: ['serviceLinkedRole', 'serviceLinkedDeletion'],
    resource: '$RoleArn',
    shows: { at: 'Status', value: 'SUCCEEDED' },
  },

  ...entity({
    thing: 'instanceProfile',
    create: 'CreateInstanceProfile',
    get: 'GetInstanceProfile',
    list: 'ListInstanceProfiles',
    delete: 'DeleteInstanceProfile',
    at: 'InstanceProfile.Path',
    listedAt: 'InstanceProfiles.*.Path',
    value: '$Path',
    createInput: path,
  }),
  AddRoleToInstanceProfile: { needs: ['role', 'instanceProfile'], shows: roleInProfile },
  RemoveRoleFromInstanceProfile: { needs: ['role', 'instanceProfile', 'roleInProfile'], shows: { ...roleInProfile, gone: true } },
  ListInstanceProfilesForRole: {
    needs: ['role', 'instanceProfile', 'roleInProfile'],
    shows: { at: 'InstanceProfiles.*.InstanceProfileName', value: '$InstanceProfileName' },
  },
  ...tags('InstanceProfile', 'instanceProfile', 'instanceProfileTags'),

  CreateAccessKey: { needs: ['user'], shows: { by: 'ListAccessKeys', at: 'AccessKeyMetadata.*.UserName', value: '$UserName' } },
  ListAccessKeys: { needs: ['user', 'accessKey'], shows: keyListed },
  UpdateAccessKey: {
    needs: ['user', 'accessKey'],
    input: { UserName: '$UserName' },
    shows: { by: 'ListAccessKeys', at: 'AccessKeyMetadata.*.Status', value: 'Inactive' },
  },
  DeleteAccessKey: { needs: ['user', 'accessKey'], shows: { ...keyListed, gone: true } },
  GetAccessKeyLastUsed: { needs: ['user', 'accessKey'], shows: { at: 'UserName', value: '$UserName' } },
}
