/** One line of the benchmark: a figure beside its yardstick. */

export interface Figure {
  readonly name: string;
  readonly value: number;
  /** What was measured in the same run to compare with. */
  readonly yardstick: string;
  readonly against: number;
  readonly unit: string;
}

/** The middle one of some numbers; 0 for none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The figure as a line of text, with the ratio. */
export function lineOf(figure: Figure): string {
  const { name, value, yardstick, against, unit } = figure;
  const ratio = against === 0 ? '–' : `${(value / against).toFixed(2)} ×`;
  return [
    name.padEnd(52),
    `${value.toFixed(1)} ${unit}`.padStart(12),
    ratio.padStart(10),
    ` ${yardstick} (${against.toFixed(1)} ${unit})`,
  ].join('');
}
