import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: apache/kafka docker/jvm/Dockerfile (user appuser by name, three volumes, what it owns) and
 * config/kraft/server.properties (log.dirs=/tmp/kraft-combined-logs);
 * chainguard-images/images pull request #1649 (tests with a read-only file system);
 * strimzi/strimzi-kafka-operator#1307 (lost+found).
 *
 * A sub-folder of the volume: Kafka takes each folder in its log folder for a partition, and stops at lost+found.
 */
export const kafka: ImageProfileProps = {
  images: ['docker.io/apache/kafka'],
  folders: [
    { path: '/var/lib/kafka/data', kind: FolderKind.DATA, why: 'log segments, where KAFKA_LOG_DIRS says so', subPath: 'kafka' },
    { path: '/mnt/shared/config', why: 'a volume of the image, for configuration files' },
    { path: '/etc/kafka/secrets', why: 'a volume of the image, for key stores' },
    { path: '/opt/kafka', kind: FolderKind.SEEDED, why: 'the start scripts write the configuration and logs here' },
    { path: '/tmp', why: 'log segments of the default configuration, temporary files of the JVM' },
  ],
  ports: [9092],
  confidence: ProfileConfidence.LOW,
  note: 'Its default configuration keeps the messages in /tmp, where they are lost with the pod: set KAFKA_LOG_DIRS=/var/lib/kafka/data together with the rest of the configuration. '
    + 'The image names its user (appuser) without pinning its id: look it up in /etc/passwd of your digest and state it.',
};
