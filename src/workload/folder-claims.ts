import { Fault, collect, didYouMean } from '../kube/faults';
import { checkDnsSubdomain, pathToName } from '../kube/names';
import { checkFolderPath, checkSubPath } from '../kube/paths';
import { checkQuantity } from '../kube/quantity';
import { FolderKind } from '../posture/writable-folder';
import { FolderClaim } from '../rules/harden/claims';
import { DataFolderOptions, SeededFolderOptions, TempFolderOptions } from './container-options';

/** A folder that was asked for, and the containers that are to see it. */
interface Asked {
  readonly claim: FolderClaim;
  /** The containers by name; undefined for every container that is no init container. */
  readonly containers?: readonly string[];
  /** The sole container is meant; with several it has to be said. */
  readonly sole?: boolean;
}

/** The folders of one workload, as they were asked for. Containers may come later: they are matched at synthesis. */
export class FolderClaims {
  private readonly asked: Asked[] = [];

  constructor(private readonly where: string) {}

  public addTemp(path: string, options: TempFolderOptions = {}): void {
    const { sizeLimit, medium, containers } = options;
    const clean = checkFolderPath(this.where, path);
    const volume = containers && containers.length > 1 ? pathToName(clean, 'temp') : undefined;
    this.asked.push({ claim: { path: clean, kind: FolderKind.EPHEMERAL, sizeLimit: this.size(clean, sizeLimit), medium, volume }, containers });
  }

  public addSeeded(path: string, options: SeededFolderOptions = {}): void {
    const clean = checkFolderPath(this.where, path);
    const claim = { path: clean, kind: FolderKind.SEEDED, sizeLimit: this.size(clean, options.sizeLimit) };
    this.asked.push({ claim, sole: true, ...(options.container && { containers: [options.container] }) });
  }

  public addData(path: string, options: DataFolderOptions = {}): void {
    const clean = checkFolderPath(this.where, path);
    const { claimName, storageClassName, subPath } = options;
    if (subPath !== undefined) checkSubPath(this.where, clean, subPath);
    if (claimName !== undefined) checkDnsSubdomain(this.where, 'a PersistentVolumeClaim', claimName);
    if (storageClassName !== undefined) checkDnsSubdomain(this.where, 'a StorageClass', storageClassName);
    const claim = { path: clean, kind: FolderKind.DATA, claimName, storageClassName, subPath, size: this.size(clean, options.size) };
    this.asked.push({ claim, sole: true, ...(options.container && { containers: [options.container] }) });
  }

  /** The folders by container, now that all containers are known; what does not fit them joins the faults. */
  public byContainer(regular: readonly string[], all: readonly string[], faults: Fault[]): Map<string, FolderClaim[]> {
    const result = new Map<string, FolderClaim[]>();
    for (const { claim, containers, sole } of this.asked) {
      const names = containers ?? regular;
      if (sole && names.length > 1) {
        faults.push(new Fault({
          where: this.where,
          what: `folder '${claim.path}' does not say which container it is for`,
          id: 'folder-container-ambiguous',
          advice: `Say { container: '${names[0]}' }; there are: ${names.join(', ')}.`,
        }));
        continue;
      }
      for (const name of names) {
        collect(faults, () => checkContainer(this.where, name, all, `folder '${claim.path}'`));
        result.set(name, [...result.get(name) ?? [], claim]);
      }
    }
    return result;
  }

  private size(path: string, text: string | undefined): string | undefined {
    return text === undefined ? undefined : checkQuantity(this.where, `the size of '${path}'`, text);
  }
}

/** Refuses the name of a container that the pod does not have. */
export function checkContainer(where: string, name: string, all: readonly string[], what: string): void {
  if (all.includes(name)) return;
  throw new Fault({
    where,
    what: `${what} names the container '${name}', which the pod does not have`,
    id: 'container-unknown',
    advice: didYouMean(name, all),
  });
}
