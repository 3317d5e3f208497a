import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: traefik/traefik-helm-chart at a8a66d0, traefik/values.yaml (read-only root, drop ALL, uid 65532, ports)
 * and traefik/templates/_podtemplate.tpl (its mounts).
 */
export const traefik: ImageProfileProps = {
  images: ['docker.io/library/traefik'],
  user: 65532,
  group: 65532,
  folders: [
    { path: '/tmp', why: 'temporary files' },
    {
      path: '/data',
      kind: FolderKind.DATA,
      why: 'certificates got by ACME (acme.json)',
      when: {
        feature: 'acme',
        argPrefixes: ['--certificatesresolvers.', '--certificatesResolvers.'],
        envPrefixes: ['TRAEFIK_CERTIFICATESRESOLVERS_'],
      },
    },
    {
      path: '/plugins-storage',
      why: 'plugins, loaded at start',
      when: { feature: 'plugins', argPrefixes: ['--experimental.plugins.'], envPrefixes: ['TRAEFIK_EXPERIMENTAL_PLUGINS_'] },
    },
  ],
  ports: [8000, 8443, 8080, 9100],
  clientPorts: [8000, 8443],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart',
  note: 'The ports are the entry points of the official chart (web, websecure, traefik, metrics): give them as arguments, such as --entryPoints.web.address=:8000. '
    + "Traefik needs the API server: a token with a role, and the flow to it. Where a configuration file asks for certificates or plugins, name the feature 'acme' or 'plugins'.",
};
