/**
 * Splits as Java's `String.split` does: empty strings at the end are dropped,
 * unless the text holds no separator at all.
 */
export function split(text: string, separator: string): string[] {
  if (!text.includes(separator)) return [text];
  const parts = text.split(separator);
  while (parts.at(-1) === '') parts.pop();
  return parts;
}
