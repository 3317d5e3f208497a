import { Volume } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';
import { Violation } from '../rule';

const ALLOWED = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];

const DENIED = [
  'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd', 'flexVolume', 'cinder', 'cephfs', 'flocker', 'fc',
  'hostPath', 'azureFile', 'vsphereVolume', 'quobyte', 'azureDisk', 'photonPersistentDisk', 'portworxVolume', 'scaleIO', 'storageos',
];

/**
 * The types of a volume that are not allowed. One that says none is an emptyDir once the API server has defaulted it,
 * and what Kubernetes does not know it drops; one that says an allowed type too is refused by the API server anyway.
 */
function deniedTypes(volume: Volume): string[] {
  const types = Object.keys(volume).filter(key => volume[key] !== undefined && volume[key] !== null);
  return types.some(type => ALLOWED.includes(type)) ? [] : types.filter(type => DENIED.includes(type));
}

/**
 * A hostPath volume is the node's own disk.
 *
 * Restricted fields: spec.volumes[*].hostPath
 * Allowed values: undefined
 */
export const podHostPath: PodRule = {
  id: 'pod-host-path',
  title: 'No hostPath volumes',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'baseline', control: 'hostPathVolumes' }, cis: { 1.8: '5.2.12', 1.12: '5.2.11' },
    nsa: 'Pod security enforcement', kubescape: ['C-0048', 'C-0203'], polaris: 'hostPathSet', trivy: 'KSV-0023',
    kyverno: ['pod-security/baseline/disallow-host-path', 'other/remove-hostpath-volumes'],
  },
  advice: 'Use a volume claim, a config map, or an emptyDir.',
  versions: [{
    since: 0,
    check: pod => (pod.spec.volumes ?? []).flatMap((volume, i): Violation[] => volume.hostPath
      ? [{ field: `volumes[${i}].hostPath`, what: `volume '${volume.name}' is a folder of the node` }] : []),
  }],
};

/**
 * Other volume types are mounted by the node with its own rights; claims stand in for them.
 *
 * Restricted fields: spec.volumes[*]
 * Allowed values: configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected, secret
 */
export const podVolumeTypes: PodRule = {
  id: 'pod-volume-types',
  title: 'Only volume types that need no rights on the node',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'restricted', control: 'restrictedVolumes', overrides: 'hostPathVolumes' }, trivy: 'KSV-0028',
    kyverno: 'pod-security/restricted/restrict-volume-types',
  },
  advice: 'Use a PersistentVolumeClaim whose StorageClass or PersistentVolume names the storage.',
  versions: [{
    since: 0,
    check: pod => (pod.spec.volumes ?? []).flatMap((volume, i) => deniedTypes(volume).map((type): Violation => ({
      field: `volumes[${i}].${type}`,
      what: `volume '${volume.name}' is of the type ${type}`,
      ...(type === 'hostPath' && { impliedBy: 'pod-host-path' }),
    }))),
  }],
};
