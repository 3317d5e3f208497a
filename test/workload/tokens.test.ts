import { JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { KINDS, MAKE, WEB, apiObject, chart, podOf, podPointer, web } from './made';

describe.each(KINDS)('a token for a third party of a %s', kind => {
  const workload = () => MAKE[kind](chart(), 'web', { containers: [WEB, { image: 'x:1' }], initContainers: [{ image: 'x:1' }] });

  test('is mounted in every container, for its audience alone', () => {
    const made = workload();
    made.addServiceAccountToken({ audience: 'vault', path: '/var/run/secrets/vault/', expirationSeconds: 600 });
    made.addServiceAccountToken({ audience: 'sts.amazonaws.com', path: '/var/run/secrets/aws' });
    const pod = podOf(made);
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.volumes).toEqual([
      { name: 'token-var-run-secrets-vault', projected: { defaultMode: 0o444, sources: [{ serviceAccountToken: { audience: 'vault', expirationSeconds: 600, path: 'token' } }] } },
      { name: 'token-var-run-secrets-aws', projected: { defaultMode: 0o444, sources: [{ serviceAccountToken: { audience: 'sts.amazonaws.com', expirationSeconds: 3600, path: 'token' } }] } },
    ]);
    for (const container of [...pod.containers, ...pod.initContainers]) {
      expect(container.volumeMounts).toEqual([
        { mountPath: '/var/run/secrets/vault', name: 'token-var-run-secrets-vault', readOnly: true },
        { mountPath: '/var/run/secrets/aws', name: 'token-var-run-secrets-aws', readOnly: true },
      ]);
    }
  });

  test('is no token of the API server', () => {
    const made = workload();
    made.addServiceAccountToken({ audience: 'vault', path: '/var/run/secrets/vault' });
    expect(JSON.stringify(podOf(made))).not.toContain('/var/run/secrets/kubernetes.io');
  });

  test('comes beside the token of the API server, where rights are granted', () => {
    const made = workload();
    made.addServiceAccountToken({ audience: 'vault', path: '/var/run/secrets/vault' });
    new kplus.Role(made.node.scope as any, 'role').bind(made);
    expect(podOf(made).volumes.map(({ name }: any) => name)).toEqual(['kube-api-access', 'token-var-run-secrets-vault']);
  });

  test('does not take a volume of that name for its own', () => {
    const made = workload();
    made.addVolume(kplus.Volume.fromEmptyDir(chart(), 'a', 'kube-api-access'));
    made.addVolume(kplus.Volume.fromEmptyDir(chart(), 'b', 'token-vault'));
    made.addServiceAccountToken({ audience: 'vault', path: '/vault' });
    new kplus.Role(made.node.scope as any, 'role').bind(made);
    const pod = podOf(made);
    expect(pod.volumes.map(({ name, projected }: any) => [name, projected !== undefined])).toEqual([
      ['kube-api-access', false], ['token-vault', false], ['kube-api-access-2', true], ['token-vault-2', true],
    ]);
    expect(pod.containers[0].volumeMounts.map(({ name }: any) => name)).toEqual(['kube-api-access-2', 'token-vault-2']);
  });
});

test("a mount of the user's own at the standard path stays, in that container", () => {
  const workload = web({ containers: [WEB, { image: 'x:1' }] });
  new kplus.Role(workload.node.scope as any, 'role').bind(workload);
  apiObject(workload).addJsonPatch(
    JsonPatch.add(`${podPointer('Deployment')}/volumes`, [{ name: 'own', secret: { secretName: 'old-token' } }]),
    JsonPatch.add(`${podPointer('Deployment')}/containers/0/volumeMounts`, [{ name: 'own', mountPath: '/run/secrets/kubernetes.io/serviceaccount' }]),
  );
  expect(podOf(workload).containers.map(({ volumeMounts }: any) => volumeMounts.map(({ name }: any) => name))).toEqual([['own'], ['kube-api-access']]);
});

test('whatever a patch takes away of what hardening needs, hardening brings back', () => {
  const workload = web({ containers: [WEB] });
  apiObject(workload).addJsonPatch(
    JsonPatch.remove('/spec/template/spec/securityContext'), JsonPatch.remove('/spec/template/spec/containers/0/securityContext'),
    JsonPatch.remove('/spec/template/spec/automountServiceAccountToken'), JsonPatch.remove('/spec/template/spec/containers/0/resources'),
  );
  expect(podOf(workload)).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true } }],
  });
});

test('an init container with a port gets no start-up probe, which Kubernetes refuses there', () => {
  const pod = podOf(web({ containers: [WEB], initContainers: [{ image: 'x:1', portNumber: 8081 }] }));
  expect(pod.initContainers[0]).not.toHaveProperty('startupProbe');
});
