import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch } from 'node:os';
import { join } from 'node:path';
import { ImageConfig } from './definition';

/** One image of an archive: the names of its layers, lowest first. */
export interface Entry {
  readonly name: string;
  readonly config: ImageConfig;
  readonly layers: readonly string[];
}

/** A folder as bytes that are the same whenever and wherever it is packed. */
function pack(folder: string, file: string, ...names: string[]): void {
  execFileSync('tar', ['--sort=name', '--mtime=@0', '--numeric-owner', '--format=gnu', '-C', folder, '-cf', file, ...names]);
}

/** Collects layers and images in a folder, and writes them as an archive (`docker save`'s format, which containerd imports). */
export class Archive {
  private readonly digests = new Map<string, string>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** Makes a layer of all that is in a folder, owners and modes included. */
  public addLayer(name: string, root: string): void {
    const file = join(this.folder, `${name}.tar`);
    pack(root, file, '.');
    this.digests.set(name, createHash('sha256').update(readFileSync(file)).digest('hex'));
  }

  public write(entries: readonly Entry[], file: string): void {
    const architecture = { x64: 'amd64' }[arch() as string] ?? arch();
    const manifest = entries.map(({ name, config, layers }, index) => {
      const diffIds = layers.map(layer => `sha256:${this.digests.get(layer)}`);
      writeFileSync(join(this.folder, `config-${index}.json`), JSON.stringify({ architecture, os: 'linux', config, rootfs: { type: 'layers', diff_ids: diffIds } }));
      return { Config: `config-${index}.json`, RepoTags: [name], Layers: layers.map(layer => `${layer}.tar`) };
    });
    writeFileSync(join(this.folder, 'manifest.json'), JSON.stringify(manifest));
    pack(this.folder, file, 'manifest.json', ...entries.map((_, index) => `config-${index}.json`), ...[...this.digests.keys()].map(layer => `${layer}.tar`));
  }
}
