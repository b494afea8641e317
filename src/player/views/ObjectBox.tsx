/** One object: its title bar, and its fields with what changed. */
import type { FieldView, ThingView } from '../../trace/model.ts';
import type { Box } from '../draw/objects.ts';
import { textWidth } from '../draw/text.ts';
import { ObjectField, within } from './ObjectField.tsx';

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
            <ObjectField
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
