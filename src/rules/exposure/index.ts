import { ManifestRule } from '../manifest-rule';
import { SetRule } from '../set-rule';
import { ingressBackendMissing } from './ingress-backend';
import { ingressHost, ingressSnippets, ingressTls } from './ingresses';
import { serviceSelectsNothing } from './service-selects-nothing';
import { serviceExternalIps, serviceLoadBalancer, serviceNodePort, serviceTiller } from './services';

/** Every rule about one Service or Ingress. */
export const EXPOSURE_RULES: readonly ManifestRule[] = [
  serviceNodePort,
  serviceLoadBalancer,
  serviceExternalIps,
  serviceTiller,
  ingressTls,
  ingressHost,
  ingressSnippets,
];

/** Every rule about what Services and Ingresses lead to. */
export const EXPOSURE_SET_RULES: readonly SetRule[] = [
  serviceSelectsNothing,
  ingressBackendMissing,
];
