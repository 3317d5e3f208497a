import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Volumes as a fresh disk gives them: the root belongs to root, and has `lost+found`. They are folders of the node, of the
 * kind (`local`) whose group the kubelet sets to the pod's fsGroup as it does for disks.
 */
export function volumes(count: number): object[] {
  return Array.from({ length: count }, (_, index) => {
    const path = join(process.env.CLUSTER_DIR!, 'volumes', String(index));
    mkdirSync(join(path, 'lost+found'), { recursive: true, mode: 0o700 });
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `disk-${index}` },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        local: { path },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] }] } },
      },
    };
  });
}
