import { Severity } from '../../kube/severity';
import { PodRule, Violation } from '../pod-rule';

const ALLOWED = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];

/** The source of a volume; one that says none is an emptyDir once the API server has defaulted it. */
function sourcesOf(volume: object): string[] {
  return Object.entries(volume).filter(([key, value]) => key !== 'name' && value !== undefined).map(([key]) => key);
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
  controls: { pss: 'baseline', cis: '5.2.12', checkov: 'CKV_K8S_27' },
  advice: 'Use a volume claim, a config map, or an emptyDir.',
  check: pod => (pod.spec.volumes ?? []).flatMap((volume, i): Violation[] => volume.hostPath
    ? [{ field: `volumes[${i}].hostPath`, what: `volume '${volume.name}' is a folder of the node` }] : []),
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
  controls: { pss: 'restricted' },
  advice: 'Use a PersistentVolumeClaim whose StorageClass or PersistentVolume names the storage.',
  check: pod => (pod.spec.volumes ?? []).flatMap((volume, i) => sourcesOf(volume)
    .filter(source => source !== 'hostPath' && !ALLOWED.includes(source))
    .map((source): Violation => ({ field: `volumes[${i}].${source}`, what: `volume '${volume.name}' is of the type ${source}` }))),
};
