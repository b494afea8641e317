/** One object: its title bar, and its fields with what changed. */
import type { FieldView, ThingView } from '../../trace/model.ts';
import type { Box } from '../draw/objects.ts';
import { shortName, textWidth } from '../draw/text.ts';

interface Props {
  readonly thing: ThingView;
  readonly box: Box;
  /** Absent in a still. */
  readonly onOpen?: () => void;
}

export function ObjectBox({ thing, box, onOpen }: Props) {
  const { kind, name, state, touched } = thing;
  const fields = box.fields.map(
    (field): FieldView =>
      thing.fields.find((one) => one.name === field) ?? {
        name: field,
        value: '–',
        style: 'plain',
      },
  );
  const made =
    touched &&
    state === 'present' &&
    thing.fields.length > 0 &&
    thing.fields.every((field) => field.before === '–');
  const exists = state === 'present' || state === 'deleting';
  const word =
    state === 'future'
      ? 'not yet'
      : state === 'gone'
        ? 'gone'
        : fitting(kind, name, box.width);
  const style = {
    left: `${box.x}px`,
    top: `${box.y}px`,
    width: `${box.width}px`,
    height: exists ? undefined : `${box.height}px`,
    minHeight: `${box.height}px`,
  };
  const content = (
    <>
      <b>{kind}</b>
      <span>{state === 'deleting' ? `${name}, being deleted` : word}</span>
    </>
  );
  return (
    <div
      class={`o-node ${state}${touched ? ' touched' : ''}${made ? ' made' : ''}`}
      style={style}
    >
      {onOpen && exists ? (
        <button
          type="button"
          class="o-title"
          title={`Open ${kind} ${name} as text`}
          onClick={onOpen}
        >
          {content}
        </button>
      ) : (
        <div class="o-title" title={`${kind} ${name}`}>
          {content}
        </div>
      )}
      {exists && (
        <dl>
          {fields.map((field) => (
            <Field
              width={box.width}
              key={field.name}
              field={field}
              lit={field.before !== undefined && !made}
            />
          ))}
        </dl>
      )}
    </div>
  );
}

/** The name, as far as the title bar has room for it beside the kind. */
function fitting(kind: string, name: string, width: number): string {
  return within(name, width - textWidth(kind, 14, 700) - 30);
}

/** A text with its middle left out when it is wider than its room. */
function within(text: string, room: number): string {
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

function Field({ field, width, lit }: FieldProps) {
  const { name, value, style, before } = field;
  const room = width - 40 - (style === 'condition' ? 16 : 0);
  const both = textWidth(`${name}${before ?? ''}${value}`, 13.5, 700) + 26;
  const left = Math.max(room * 0.5, room - textWidth(name, 13.5));
  return (
    <div
      class={lit ? 'o-field lit' : value === '–' ? 'o-field absent' : 'o-field'}
    >
      <dt>{name}</dt>
      <dd title={before === undefined ? value : `${before} → ${value}`}>
        {lit && both <= room && <i>{before} → </i>}
        {style === 'condition' && <Sign status={value} />}
        {within(value, left)}
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
