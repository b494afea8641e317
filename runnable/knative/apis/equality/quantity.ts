/**
 * Resource quantities, compared by value: `0.5` is `500m`, `1Gi` is `1024Mi`.
 */

const pattern = /^([+-]?\d*\.?\d*)(m|u|n|k|M|G|T|P|E|[KMGTPE]i|[eE][+-]?\d+)?$/;

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * Whether two quantities are the same amount. Text that is no quantity is
 * compared as text.
 *
 * @differs sums of floating-point numbers stand for Go's exact decimals;
 *   amounts are equal when they differ by less than one part in a billion
 */
export function quantitiesEqual(a: unknown, b: unknown): boolean {
  const left = amount(a);
  const right = amount(b);
  if (left === undefined || right === undefined) return a === b;
  return Math.abs(left - right) <= Math.abs(left) * 1e-9;
}

function amount(quantity: unknown): number | undefined {
  if (typeof quantity === 'number') return quantity;
  if (typeof quantity !== 'string') return undefined;
  const match = pattern.exec(quantity);
  const digits = match?.[1] ?? '';
  if (!/\d/.test(digits)) return undefined;
  const suffix = match?.[2] ?? '';
  const factor = factors[suffix];
  if (factor !== undefined) return Number(digits) * factor;
  return Number(digits + suffix);
}
