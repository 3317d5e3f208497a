import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: jenkinsci/docker at ab3f5e0, debian/Dockerfile (uid 1000, JENKINS_HOME, the ports);
 * jenkinsci/helm-charts at 2205541, charts/jenkins/values.yaml (read-only root) and
 * jenkins-controller-statefulset.yaml (its mounts, filled by an init container that installs plugins).
 *
 * No sub-folder of the volume: Jenkins reads its home folder by names, and lost+found is not in its way.
 */
export const jenkins: ImageProfileProps = {
  images: ['docker.io/jenkins/jenkins'],
  user: 1000,
  group: 1000,
  folders: [
    { path: '/var/jenkins_home', kind: FolderKind.DATA, why: 'jobs, builds, configuration, plugins' },
    { path: '/tmp', why: 'temporary files of the JVM and the controller' },
    {
      path: '/usr/share/jenkins/ref/plugins',
      kind: FolderKind.SEEDED,
      why: 'plugins, installed as the official chart does',
      when: { feature: 'plugins' },
    },
    { path: '/var/jenkins_config', why: 'what the official chart installs plugins by', when: { feature: 'plugins' } },
    { path: '/var/jenkins_cache', why: 'what the official chart downloads', when: { feature: 'plugins' } },
  ],
  ports: [8080, 50000],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart',
  note: "Name the feature 'plugins' where plugins are installed at start as the official chart does. Browsers and webhooks come to 8080, agents to 50000.",
};
