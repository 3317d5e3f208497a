import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Definition } from './definition';

/** BusyBox alone and no user besides root, as in the official image; no profile knows it. */
export const busybox: Definition = {
  name: 'busybox',
  packages: ['busybox-static'],
  finish: root => {
    const program = join(root, 'bin/busybox');
    for (const command of execFileSync(program, ['--list'], { encoding: 'utf8' }).split('\n')) {
      if (command && command !== 'busybox') symlinkSync('busybox', join(root, 'bin', command));
    }
  },
  tags: [{ name: 'docker.io/library/busybox:1.37', config: { Env: ['PATH=/bin'], Cmd: ['sh'] } }],
};
