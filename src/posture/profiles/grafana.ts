import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: grafana-community/helm-charts at 3386a11, charts/grafana/values.yaml; grafana-community/helm-charts#729
 * (a read-only root needs /tmp, the log mode, bundled plugins); kubara-io/kubara#302 (crash loop without /tmp);
 * prometheus-operator/kube-prometheus#1623 and pull request #1600.
 */
export const grafana: ImageProfileProps = {
  images: ['docker.io/grafana/grafana'],
  user: 472,
  group: 472,
  folders: [
    { path: '/var/lib/grafana', kind: FolderKind.DATA, why: 'the SQLite database, plugins, sessions' },
    { path: '/tmp', why: 'archives of plugins while they are installed' },
    { path: '/var/log/grafana', why: 'log files, where it does not log to the console', when: { feature: 'file-log' } },
  ],
  env: { GF_LOG_MODE: 'console' },
  ports: [3000],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'grafana-community/helm-charts#729, kubara-io/kubara#302',
  note: "Name the feature 'file-log' and set GF_LOG_MODE where you want log files. "
    + 'Updates of bundled plugins write to /usr/share/grafana/data/plugins-bundled: switch them off, or make it a seeded folder.',
};
