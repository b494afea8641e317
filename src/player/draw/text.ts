/**
 * How wide a text is in the diagrams' typeface, and how to make it fit.
 *
 * Diagrams are drawn at build time and again in the browser and must agree, so
 * widths come from a table and not from a canvas. The table is of IBM Plex
 * Sans Condensed; the fallbacks are narrower.
 */

/** Widths of ASCII 32 to 126 at 400, in hundredths of the type size. */
const widths =
  '212638645484632230304154253625355454545454545454545426265454' +
  '544380585956615351636436465745736464556458535261558156535229' +
  '352954515448524552502948512323482579515052523344325145704645' +
  '4231293154';

/** Bold is wider by this much. */
const bold = 1.06;

const table = Float64Array.from(
  { length: widths.length / 2 },
  (_, i) => Number(widths.slice(i * 2, i * 2 + 2)) / 100,
);

/** Width in pixels; other characters count as a digit each. */
export function textWidth(text: string, size: number, weight = 400): number {
  let sum = 0;
  for (let i = 0; i < text.length; i += 1)
    sum += table[text.charCodeAt(i) - 32] ?? 0.54;
  return sum * size * (weight > 400 ? bold : 1);
}

/**
 * The text, or its beginning and `…`, whole words if that keeps most of it;
 * or '' when not even that says much.
 */
export function fit(text: string, size: number, max: number): string {
  if (textWidth(text, size) <= max) return text;
  let end = text.length;
  const room = max - textWidth('…', size);
  while (end > 0 && textWidth(text.slice(0, end), size) > room) end -= 1;
  const space = text.lastIndexOf(' ', end);
  if (space > end * 0.7) end = space;
  return end < 3 ? '' : `${text.slice(0, end).trimEnd()}…`;
}

/** A long name with its middle left out, at most `most` characters. */
export function shortName(name: string, most: number): string {
  if (name.length <= most) return name;
  const tail = Math.ceil((most - 1) / 2);
  return `${name.slice(0, most - 1 - tail)}…${name.slice(-tail)}`;
}
