import { Manifest } from '../../../src/kube/pod-spec';
import { AuditFinding, Yardstick, judge, lookAcross } from '../../../src/rules/audit';
import { packNamed } from '../../../src/rules/packs';

const YARDSTICK: Yardstick = { pack: packNamed('hardened')!, minor: 37, today: '2026-01-01' };

/** What is said of manifests that lie together by the rules of a family or a single one. */
export function found(manifests: readonly object[], rules: string): AuditFinding[] {
  const set = manifests as readonly Manifest[];
  const across = lookAcross(set, YARDSTICK);
  return set.flatMap(manifest => judge(manifest, YARDSTICK, across.get(manifest)).findings).filter(({ rule }) => rule.startsWith(rules));
}

/** A NetworkPolicy for pods with `app: web`, unless its spec says otherwise. */
export function policy(spec: object, { name = 'web', namespace = 'shop' } = {}): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec: { podSelector: { matchLabels: { app: 'web' } }, ...spec } };
}

/** A Deployment whose pods have a label `app`. */
export function deployment(app: string, namespace: string | undefined = 'shop', spec: object = {}): object {
  const labels = { app };
  const template = { metadata: { labels }, spec: { containers: [{ name: app, image: `${app}:1` }], ...spec } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: app, namespace }, spec: { selector: { matchLabels: labels }, template } };
}

export function spaceOf(name: string, labels: object = { 'pod-security.kubernetes.io/enforce': 'restricted' }): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}
