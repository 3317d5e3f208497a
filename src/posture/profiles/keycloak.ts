import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: keycloak/keycloak quarkus/container/Dockerfile (USER 1000, group 0, EXPOSE 8080 8443) and ubi-null.sh
 * (what is left in the image: bash and coreutils-single, which has cp); keycloak/keycloak#37533 and
 * quarkusio/quarkus#46388 (mount /opt/keycloak/data/tmp); keycloak/keycloak#44632 (lib/quarkus cannot be deleted);
 * keycloak/keycloak pull request #41550 (writable are lib/quarkus and data only).
 */
export const keycloak: ImageProfileProps = {
  images: ['quay.io/keycloak/keycloak'],
  user: 1000,
  group: 0,
  folders: [
    { path: '/opt/keycloak/data', why: 'data/tmp: compressed themes (it does not follow java.io.tmpdir)' },
    {
      path: '/opt/keycloak/lib/quarkus',
      kind: FolderKind.SEEDED,
      why: 'written anew when the server configures itself at start',
      when: { argPrefixes: ['--optimized'], unless: true },
    },
    { path: '/tmp', why: 'temporary files of the JVM' },
  ],
  ports: [8080, 8443],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'keycloak/keycloak#37533 and #44632, pull request #41550',
  note: 'An image of your own, built with kc.sh build and started with --optimized, starts faster and leaves lib/quarkus as it is. Members of a cluster talk to each other on ports of their own (7800).',
};
