import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: docker-library/mongo at 2c69a57, 7.0/Dockerfile (uid 999, the two volumes, HOME);
 * docker-library/mongo docker-entrypoint.sh (files in $TMPDIR; /data/configdb with --configsvr).
 *
 * No sub-folder of the volume: WiredTiger opens files by their names, and lost+found is not in its way.
 */
export const mongo: ImageProfileProps = {
  images: ['docker.io/library/mongo'],
  user: 999,
  group: 999,
  folders: [
    {
      path: '/data/db',
      kind: FolderKind.DATA,
      why: 'the databases, and the home folder of mongosh',
      when: { argPrefixes: ['--configsvr', 'mongos'], unless: true },
    },
    { path: '/data/configdb', kind: FolderKind.DATA, why: 'the data of a config server', when: { argPrefixes: ['--configsvr'] } },
    { path: '/tmp', why: 'socket, and the files with which the start script sets up a first database' },
  ],
  ports: [27017],
  confidence: ProfileConfidence.HIGH,
  note: 'A config server that is made one by its configuration file (clusterRole: configsvr) and not by the argument --configsvr needs /data/configdb stated by hand. '
    + 'Members of a replica set talk to each other on 27017: a closed namespace needs that flow declared.',
};
