import { ImageProfileProps, ProfileConfidence } from '../image-profile';

/**
 * Sources: docker-library/httpd#166 (read-only: could not create logs/httpd.pid); docker-library/httpd#102 and
 * #179 (uid 33 on Debian, 82 on Alpine; a sysctl for port 80); docker-library/httpd at 9b63b37, 2.4/Dockerfile.
 */
export const httpd: ImageProfileProps = {
  images: ['docker.io/library/httpd'],
  user: 33,
  group: 33,
  folders: [
    { path: '/usr/local/apache2/logs', why: 'httpd.pid and the log files of the default configuration' },
  ],
  variants: [{ tags: ['*alpine*'], user: 82, group: 82 }],
  ports: [80],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'docker-library/httpd#166',
};
