import { ReadObject } from '../kube/reading/read';
import { Boundary } from './boundary';
import { Entrances } from './entrances';
import { Matrix } from './matrix';
import { Sides } from './sides';
import { VerdictTable } from './verdict';
import { Workload } from './workload';
import { World } from './world';

/** Who can reach whom, by what is in the input. Each part is made when first asked for. */
export class Reach {
  public readonly world: World;
  public readonly sides: Sides;
  private madePlaces?: ReadonlyMap<Workload, number>;
  private madeMatrix?: Matrix;
  private madeEntrances?: Entrances;
  private madeBoundary?: Boundary;

  constructor(objects: readonly ReadObject[], verdicts = new VerdictTable()) {
    this.world = new World(objects, verdicts);
    this.sides = new Sides(this.world);
  }

  /** The place of each workload in the list of all. */
  public get placeOf(): ReadonlyMap<Workload, number> {
    return this.madePlaces ??= new Map(this.workloads.map((workload, place) => [workload, place]));
  }

  /** All pairs, in factored form. */
  public get matrix(): Matrix {
    return this.madeMatrix ??= new Matrix(this.world, this.sides);
  }

  /** What leads to pods from outside. */
  public get entrances(): Entrances {
    return this.madeEntrances ??= new Entrances(this.world);
  }

  /** What passes between workloads and what lies outside. */
  public get boundary(): Boundary {
    return this.madeBoundary ??= new Boundary(this.world, this.sides, this.entrances);
  }

  public get workloads(): readonly Workload[] {
    return this.world.workloads;
  }
}
