import { isObject } from '../../kube/json';
import { Container, PodSpec } from '../../kube/pod-spec';
import { PodView } from '../pod-rule';
import { Assumption, Ground, NO, YES, assumed, no } from './assumptions';

const SECCOMP_ANNOTATIONS = ['seccomp.security.alpha.kubernetes.io/pod', 'container.seccomp.security.alpha.kubernetes.io/'];
/** What service links would write into the environment: `$(DB_SERVICE_HOST)`, `DB_PORT_5432_TCP_ADDR`. */
const LINK = /\b(?!KUBERNETES_)[A-Z][A-Z0-9_]*_(SERVICE_(HOST|PORT)|PORT_\d+_(TCP|UDP|SCTP))/;

/**
 * Whether the runtime's own seccomp profile may be set: Docker has always set it, kubelets may by default, it follows the
 * capabilities that are granted, and privileged containers do without. Whoever has chosen another by an old annotation has chosen.
 */
export function seccompGround(pod: PodView): Ground {
  const chosen = Object.keys(pod.meta.annotations ?? {}).find(key => SECCOMP_ANNOTATIONS.some(start => key.startsWith(start)));
  return chosen === undefined ? YES : no(`The annotation ${chosen} was meant to choose one, and Kubernetes reads it no longer.`);
}

/**
 * Whether service links may go: an application may read DB_SERVICE_HOST, and no profile knows what is configured
 * to do so. Where the manifest itself speaks of such a name, they stay.
 */
export function serviceLinksGround(pod: PodView, allowed: ReadonlySet<Assumption>): Ground {
  if (pod.spec.enableServiceLinks !== undefined) return NO;
  const user = pod.containers.find(({ container }) => readsLinks(container));
  if (user) return no(`Container '${user.container.name}' reads the address of a Service from its environment.`);
  return assumed(allowed, 'service-links', 'no container reads addresses of Services from its environment');
}

/**
 * Whether the token may go. An account with a name was made for something; `default` may have been granted rights here,
 * may be used to log in elsewhere (Vault), and some images ask the API server without being told: no profile says which.
 */
export function tokenGround({ spec }: PodView, allowed: ReadonlySet<Assumption>, isGranted: boolean): Ground {
  if (spec.automountServiceAccountToken !== undefined || !isDefaultAccount(spec)) return NO;
  if (isGranted) return no('The default service account is granted rights in the same input.');
  return assumed(allowed, 'token', 'no container uses the token of the default service account');
}

function isDefaultAccount({ serviceAccountName, serviceAccount }: PodSpec): boolean {
  return [serviceAccountName, serviceAccount].every(name => name === undefined || name === null || name === '' || name === 'default');
}

function readsLinks({ env = [], args = [], command = [] }: Container): boolean {
  const texts = [...args, ...command, ...env.flatMap(({ name, value }) => [name, isObject(value) ? '' : String(value ?? '')])];
  return texts.some(text => LINK.test(text));
}
