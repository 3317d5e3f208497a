/**
 * Fields that the OpenAPI calls required, and the API server takes an object without: it reads the zero value of the
 * field, which is a value like any other. Each was tried on a real API server 1.35 (dry run, strict).
 */
export const NOT_REQUIRED: readonly string[] = [
  // Zero, false and the empty string are values.
  'CustomResourceDefinitionVersion.served',
  'CustomResourceDefinitionVersion.storage',
  'HTTPHeader.value',
  'ISCSIPersistentVolumeSource.lun',
  'ISCSIVolumeSource.lun',
  'ResourcePool.generation',
  'SleepAction.seconds',
  'Sysctl.value',
  'TokenRequest.audience',
  // So are an empty list and an empty object.
  'CSIDriver.spec',
  'CSINode.spec',
  'CSINodeSpec.drivers',
  'Event.involvedObject',
  'LimitRangeSpec.limits',
  'PodFailurePolicy.rules',
  'PreferredSchedulingTerm.preference',
  'ScaleIOPersistentVolumeSource.secretRef',
  'ScaleIOVolumeSource.secretRef',
];
