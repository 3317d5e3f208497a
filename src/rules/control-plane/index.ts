import { ManifestRule } from '../manifest-rule';
import { APISERVER_ADMISSION } from './apiserver-admission';
import { APISERVER_CONNECTIONS } from './apiserver-connections';
import { APISERVER_AUTHORIZATION, APISERVER_IDENTITY } from './apiserver-identity';
import { APISERVER_OPERATION } from './apiserver-operation';
import { CONTROLLER_MANAGER, SCHEDULER } from './controllers';
import { ETCD } from './etcd';
import { abacPolicy, encryptionIdentity } from './files';
import { KUBELET, KUBE_PROXY } from './kubelet';

/** Every rule about how the control plane and the nodes are set up: static pods, and files of kubeadm, kubelet and kube-proxy. */
export const CONTROL_PLANE_RULES: readonly ManifestRule[] = [
  ...APISERVER_IDENTITY,
  ...APISERVER_AUTHORIZATION,
  ...APISERVER_ADMISSION,
  ...APISERVER_CONNECTIONS,
  ...APISERVER_OPERATION,
  encryptionIdentity,
  abacPolicy,
  ...CONTROLLER_MANAGER,
  ...SCHEDULER,
  ...ETCD,
  ...KUBELET,
  ...KUBE_PROXY,
];
