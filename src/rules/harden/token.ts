import { JsonObject, equal } from '../../kube/json';
import { pathToName } from '../../kube/names';
import { realFolder } from '../../kube/paths';
import { Knowledge } from '../knowledge';
import { PodView, Remedy } from '../pod-rule';
import { TokenClaim } from './claims';
import { mountVolume } from './mount-volume';

/** Where clients of the API server look for their token, the server's certificate and their namespace. */
const API_ACCESS = '/var/run/secrets/kubernetes.io/serviceaccount';
/** One hour; the admission plugin's own 3607 would trigger an extension for legacy clients. */
const API_EXPIRATION = 3600;

/** No token unless rights were granted; then a short-lived one, without an audience, at the standard path. */
export const token: Remedy = (pod, knowledge) => {
  const { claims } = knowledge;
  if (claims.apiToken || pod.spec.automountServiceAccountToken === true) {
    mountVolume(pod, API_ACCESS, {
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
  for (const claim of claims.tokens ?? []) thirdParty(pod, claim, knowledge);
  pod.spec.automountServiceAccountToken = false;
};

function thirdParty(pod: PodView, { audience, path, expirationSeconds }: TokenClaim, knowledge: Knowledge): void {
  const sources: JsonObject[] = [{ serviceAccountToken: { audience, expirationSeconds, path: 'token' } }];
  const volume = { name: pathToName(path, 'token'), projected: { defaultMode: 0o444, sources } };
  for (const { container } of pod.containers) {
    const taken = (container.volumeMounts ?? []).find(({ mountPath }) => realFolder(mountPath) === realFolder(path));
    const known = pod.spec.volumes?.find(({ name }) => name === taken?.name);
    // What an earlier hardening has mounted is this very volume.
    if (!taken || equal(known, { ...volume, name: taken.name })) continue;
    knowledge.fault('token-clash', `the token for '${audience}' at '${path}' of container '${container.name}' is already the mount of volume '${taken.name}'`,
      'Choose another path.');
  }
  mountVolume(pod, path, volume);
}
