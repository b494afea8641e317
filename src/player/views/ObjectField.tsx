/** One field of an object: its name, its value, and what it was before. */
import type { FieldView } from '../../trace/model.ts';
import { shortName, textWidth } from '../draw/text.ts';

/** A text with its middle left out when it is wider than its room. */
export function within(text: string, room: number): string {
  const needed = textWidth(text, 13.5, 700);
  if (needed <= room) return text;
  return shortName(
    text,
    Math.max(4, Math.floor((text.length * room) / needed)),
  );
}

interface FieldProps {
  readonly field: FieldView;
  readonly width: number;
  readonly lit: boolean;
}

export function ObjectField({ field, width, lit }: FieldProps) {
  const { name, value, style, before } = field;
  const room = width - 40 - (style === 'condition' ? 16 : 0);
  const both = textWidth(`${name}${before ?? ''}${value}`, 13.5, 700) + 26;
  const left = Math.max(room * 0.5, room - textWidth(name, 13.5));
  const text = within(value, left);
  const tight = textWidth(`${name}${text}`, 13.5, 700) + 26 > room;
  const look = lit ? ' lit' : value === '–' ? ' absent' : '';
  return (
    <div class={`o-field${look}${tight ? ' tight' : ''}`}>
      <dt>{name}</dt>
      <dd title={before === undefined ? value : `${before} → ${value}`}>
        {lit && both <= room && <i>{before} → </i>}
        {style === 'condition' && <Sign status={value} />}
        {text}
      </dd>
    </div>
  );
}

/** Ring with bar, disc with tick, ring with cross: readable without colour. */
export function Sign({ status }: { readonly status: string }) {
  const word = status.split(' ')[0];
  const inner =
    word === 'Unknown'
      ? 'M3.4 6h5.2'
      : word === 'True'
        ? 'M3 6l2 2.4 3.6-5'
        : word === 'False'
          ? 'M3.6 3.6l4.8 4.8m0-4.8l-4.8 4.8'
          : '';
  if (!inner) return null;
  return (
    <svg class={`sign ${word ?? ''}`} viewBox="0 0 12 12" aria-hidden="true">
      <circle cx="6" cy="6" r="5" />
      <path d={inner} />
    </svg>
  );
}
