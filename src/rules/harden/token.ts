import { pathToName } from '../../kube/names';
import { realFolder } from '../../kube/paths';
import { Volume } from '../../kube/pod-spec';
import { PodView, Remedy } from '../pod-rule';

/** Where clients of the API server look for their token, the server's certificate and their namespace. */
const API_ACCESS = '/var/run/secrets/kubernetes.io/serviceaccount';
/** One hour; the admission plugin's own 3607 would trigger an extension for legacy clients. */
const API_EXPIRATION = 3600;

/** No token unless rights were granted; then a short-lived one, without an audience, at the standard path. */
export const token: Remedy = (pod, { claims }) => {
  if (claims.apiToken || pod.spec.automountServiceAccountToken === true) {
    mount(pod, API_ACCESS, {
      name: 'kube-api-access',
      projected: {
        // Readable by whoever the container runs as; the kubelet narrows the token's own mode where there is an fsGroup.
        defaultMode: 0o444,
        sources: [
          { serviceAccountToken: { expirationSeconds: API_EXPIRATION, path: 'token' } },
          { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
        ],
      },
    });
  }
  for (const { audience, path, expirationSeconds } of claims.tokens ?? []) {
    mount(pod, path, {
      name: pathToName(path, 'token'),
      projected: { defaultMode: 0o444, sources: [{ serviceAccountToken: { audience, expirationSeconds, path: 'token' } }] },
    });
  }
  pod.spec.automountServiceAccountToken = false;
};

function mount(pod: PodView, path: string, volume: Volume): void {
  const users = pod.containers.filter(({ list, container }) => list !== 'ephemeralContainers'
    && !(container.volumeMounts ?? []).some(({ mountPath }) => realFolder(mountPath) === realFolder(path)));
  if (!users.length) return;
  if (!(pod.spec.volumes ?? []).some(({ name }) => name === volume.name)) pod.spec.volumes = [...pod.spec.volumes ?? [], volume];
  for (const { container } of users) {
    container.volumeMounts = [...container.volumeMounts ?? [], { mountPath: path, name: volume.name, readOnly: true }];
  }
}
