import { Fault } from './faults';
import { remembered } from './remembered';

const PATTERN = /^([+]?(?:\d+(?:\.\d*)?|\.\d+))(m|[kMGTPE]|[KMGTPE]i|[eE][-+]?\d+)?$/;
const FACTORS: Record<string, number> = {
  m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};
const COMMON_SLIPS: Record<string, string> = {
  B: '', KB: 'k', MB: 'M', GB: 'G', TB: 'T', KiB: 'Ki', MiB: 'Mi', GiB: 'Gi', TiB: 'Ti', K: 'Ki', g: 'G',
};

/**
 * The value of a Kubernetes quantity (`64Mi`, `0.5`, `100m`, `1e3`) in its base unit
 * (bytes, cores), or undefined where Kubernetes would refuse it.
 */
export function quantity(text: unknown): number | undefined {
  return quantityOf(String(text));
}

const quantityOf = remembered((text): number | undefined => {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, digits, suffix] = match;
  if (!suffix) return Number(digits);
  return suffix in FACTORS ? Number(digits) * FACTORS[suffix] : Number(digits + suffix);
});

/** Refuses what Kubernetes would refuse as a quantity; returns the text unchanged. */
export function checkQuantity(where: string, what: string, text: string): string {
  const value = quantity(text);
  if (value !== undefined && value > 0) return text;
  const [, digits, unit] = /^\s*([\d.]+)\s*([A-Za-z]*)\s*$/.exec(text) ?? [];
  const meant = digits && unit in COMMON_SLIPS ? digits + COMMON_SLIPS[unit] : undefined;
  throw new Fault({
    where,
    what: `'${text}' is no quantity for ${what}`,
    id: 'quantity-invalid',
    advice: meant ? `Did you mean '${meant}'?` : "Write a positive number with a unit that Kubernetes knows, such as '64Mi', '1Gi' or '100m'.",
  });
}

/** Bytes as a quantity, in the largest binary unit that divides them. */
export function formatBytes(bytes: number): string {
  const rounded = Math.ceil(bytes);
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki']) {
    if (rounded >= FACTORS[unit] && rounded % FACTORS[unit] === 0) return `${rounded / FACTORS[unit]}${unit}`;
  }
  return String(rounded);
}
