import { Pack } from '../rules/pack';

/**
 * From which findings on synthesis fails.
 */
export enum FailOn {
  /** Errors that no waiver allows. */
  ERROR = 'error',
  /** Warnings, too. */
  WARNING = 'warning',
  /** None: findings are there for reports only. Wrong input still fails. */
  NEVER = 'never',
}

/**
 * How objects under a scope are judged.
 */
export interface HardeningOptions {
  /**
   * The rules that are asked.
   *
   * @default Pack.hardened()
   */
  readonly pack?: Pack;

  /**
   * From which findings on synthesis fails.
   *
   * @default FailOn.ERROR
   */
  readonly failOn?: FailOn;
}
