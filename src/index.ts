export { Severity } from './kube/severity';
export { FolderCondition, FolderKind, FolderMedium, WritableFolder } from './posture/writable-folder';
export { ImageProfile, ImageProfileProps, ImageVariant, ProfileConfidence } from './posture/image-profile';
export { SecurityDefaults, SecurityDefaultsProps } from './posture/security-defaults';
export { Waiver } from './posture/waiver';
export { SeLinuxLabels, WorkloadDefaults } from './posture/workload-defaults';
