import { LivePod } from './live-pod';

/** How the main process of a container is confined, as the kernel says it. */
export interface Confinement {
  readonly user: string;
  readonly group: string;
  /** All five sets of capabilities; they are numbers, in hexadecimal. */
  readonly capabilities: string[];
  readonly noNewPrivileges: string;
  /** 2: a filter of system calls is laid. */
  readonly seccomp: string;
  /** Files and folders of the image that it can write to: each is tried. */
  readonly writableInImage: string[];
  readonly rootIsReadOnly: boolean;
  /** What writing to / comes to. */
  readonly write: string;
  /** Mounts with files that it can write to, but for those that each container has. */
  readonly writableMounts: string[];
  readonly token: boolean;
}

/** What the container runtime lays over every image. */
const RUNTIME = ['/proc', '/sys', '/dev', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf'];

function isRuntimes(path: string): boolean {
  return RUNTIME.some(known => path === known || path.startsWith(`${known}/`));
}

export function confinement(pod: LivePod): Confinement {
  const status = new Map(pod.exec('cat', '/proc/1/status').split('\n').map(line => line.split(/:\s+/) as [string, string]));
  const numbers = (key: string) => [...new Set(status.get(key)!.trim().split(/\s+/))].join(' ');
  const mounts = pod.exec('cat', '/proc/self/mountinfo').trim().split('\n').map(line => line.split(' '))
    .map(fields => ({ path: fields[4], isReadOnly: fields[5].split(',').includes('ro') }));
  const writableMounts = mounts.filter(({ path, isReadOnly }) => !isReadOnly && !isRuntimes(path)).map(({ path }) => path).sort();
  const tryToWrite = 'if [ -d "$file" ]; then true >"$file/written"; else true >>"$file"; fi';
  const writable = pod.sh(`find / -xdev '(' -type f -o -type d ')' 2>/dev/null | while read -r file; do if { ${tryToWrite}; } 2>/dev/null; then echo "$file"; fi; done`);
  return {
    user: numbers('Uid'),
    group: numbers('Gid'),
    capabilities: ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map(numbers),
    noNewPrivileges: numbers('NoNewPrivs'),
    seccomp: numbers('Seccomp'),
    writableInImage: writable.split('\n').filter(path => path && !isRuntimes(path) && !writableMounts.includes(path)),
    rootIsReadOnly: mounts.find(({ path }) => path === '/')!.isReadOnly,
    write: pod.sh('echo x 2>&1 >/written || true'),
    writableMounts,
    token: pod.tryExec('ls', '/var/run/secrets/kubernetes.io').ok,
  };
}
