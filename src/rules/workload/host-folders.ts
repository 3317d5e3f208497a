import { Volume, at } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { PodRule, PodView } from '../pod-rule';
import { Violation } from '../rule';

/** Folders of a node, with what lies below them, that hold what the node itself runs by. */
const SENSITIVE = ['/boot', '/dev', '/etc', '/lib', '/lib64', '/proc', '/root', '/sys', '/usr', '/var/lib/kubelet', '/var/lib/etcd'];
/** Sockets by which a container runtime takes orders. */
const SOCKETS = ['docker.sock', 'containerd.sock', 'crio.sock', 'cri-dockerd.sock', 'dockershim.sock', 'frakti.sock', 'podman.sock'];
/** Folders in which those lie. */
const SOCKET_FOLDERS = ['/', '/var', '/run', '/run/containerd', '/run/crio', '/run/docker', '/run/k3s', '/run/k3s/containerd', '/run/podman'];

/** A path without `.`, `..`, doubled and trailing slashes. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The folder of the node that a volume is; undefined where it is none. */
function hostPath(volume: Volume): string | undefined {
  const path = at(volume, 'hostPath', 'path');
  return typeof path === 'string' && path !== '' ? plainPath(path) : undefined;
}

/** The volumes that are folders of the node of one sort. */
function volumesOf(pod: PodView, isMeant: (path: string) => boolean, text: (path: string) => string): Violation[] {
  const found: Violation[] = [];
  const { volumes = [] } = pod.spec;
  for (let i = 0; i < volumes.length; i++) {
    const path = hostPath(volumes[i]);
    if (path !== undefined && isMeant(path)) found.push({ field: `volumes[${i}].hostPath.path`, what: `volume '${volumes[i].name}' ${text(path)}` });
  }
  return found;
}

/**
 * A folder of the node that can be written to is a way to change what the node runs.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].volumeMounts[*].readOnly of hostPath volumes
 * Wanted: true
 */
export const podHostPathWritable: PodRule = {
  id: 'pod-host-path-writable',
  title: 'Folders of the node are mounted read-only',
  severity: Severity.ERROR,
  controls: { kubeLinter: 'writable-host-mount', kubescape: 'C-0045', kyverno: 'other/ensure-readonly-hostpath' },
  advice: 'Set readOnly to true at the mount, or use a volume of another type.',
  versions: [{
    since: 0,
    check: pod => {
      const names = (pod.spec.volumes ?? []).filter(volume => hostPath(volume) !== undefined).map(({ name }) => name);
      const found: Violation[] = [];
      for (const { container, field } of names.length ? pod.containers : []) {
        container.volumeMounts?.forEach(({ name, readOnly }, i) => {
          if (!names.includes(name) || readOnly === true) return;
          const what = `container '${container.name}' can write to volume '${name}', a folder of the node`;
          found.push({ field: `${field}.volumeMounts[${i}].readOnly`, what, container: container.name });
        });
      }
      return found;
    },
  }],
};

/**
 * Some folders of a node are the node: its configuration, its processes, its devices.
 *
 * Fields: spec.volumes[*].hostPath.path
 * Wanted: neither / nor a path in /boot, /dev, /etc, /lib, /proc, /root, /sys, /usr, /var/lib/kubelet or /var/lib/etcd
 */
export const podHostPathSensitive: PodRule = {
  id: 'pod-host-path-sensitive',
  title: 'No folder that the node runs by',
  severity: Severity.ERROR,
  controls: { kubeLinter: 'sensitive-host-mounts', kubescape: 'C-0048', polaris: 'hostPathSet', trivy: 'KSV-0121' },
  advice: 'Leave it out, or mount the one file that is needed, read-only.',
  versions: [{
    since: 0,
    check: pod => volumesOf(
      pod,
      path => path === '/' || SENSITIVE.some(folder => path === folder || path.startsWith(`${folder}/`)),
      path => `is ${path} of the node, by which the node runs`,
    ),
  }],
};

/**
 * Whoever gives orders to the container runtime starts any container, a privileged one included.
 *
 * Fields: spec.volumes[*].hostPath.path
 * Wanted: no socket of a container runtime, and no folder that holds one
 */
export const podRuntimeSocket: PodRule = {
  id: 'pod-runtime-socket',
  title: "No socket of the node's container runtime",
  severity: Severity.ERROR,
  controls: {
    checkov: 'CKV_K8S_27', kubeLinter: 'docker-sock', kubescape: 'C-0074', polaris: 'hostPathSet', trivy: 'KSV-0006', kyverno: 'best-practices/disallow-cri-sock-mount',
  },
  advice: 'Build images without the runtime of the node, and ask the API server for what containers there are.',
  versions: [{
    since: 0,
    check: pod => volumesOf(
      pod,
      path => SOCKETS.includes(path.slice(path.lastIndexOf('/') + 1)) || SOCKET_FOLDERS.includes(path.replace(/^\/var\/run(?=\/|$)/, '/run')),
      path => `is ${path} of the node: whoever has the socket of its container runtime starts any container`,
    ),
  }],
};
