/**
 * Values as text for the panes beside the code: strings in quotes, objects by
 * what they are.
 */
import type { ValueRef } from '../format.ts';
import type { Row } from '../model.ts';
import { clipped } from './texts.ts';
import type { World } from './world.ts';

const mostItems = 6;

/** A value on one line, at most `width` characters wide. */
export function showValue(
  world: World,
  ref: ValueRef,
  row: Row,
  width: number,
): string {
  return clipped(shown(world, ref, row, 2), width);
}

function shown(world: World, ref: ValueRef, row: Row, depth: number): string {
  const value = world.values.value(ref);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value !== 'object') return String(value);
  if ('other' in value) return value.other;
  if ('bytes' in value) {
    const length = value.length ?? value.bytes.length / 2;
    const head = value.bytes.slice(0, 16).replace(/(..)(?=.)/gu, '$1 ');
    return `bytes(${length}) ${head}`;
  }
  const identity = world.objects.identify(ref, row);
  if (identity !== undefined) return `${identity.kind} ${identity.id}`;
  return shownObject(world, value.object, row, depth);
}

function shownObject(
  world: World,
  object: number,
  row: Row,
  depth: number,
): string {
  const name = world.values.className(object);
  const fields = world.values.fields(object, row);
  if (fields === undefined || depth === 0) {
    return name === 'Array' ? '[…]' : name === 'Object' ? '{…}' : name;
  }
  const rest = fields.length > mostItems ? ', …' : '';
  const parts = fields.slice(0, mostItems).map(([key, inner]) => {
    const text = shown(world, inner, row, depth - 1);
    if (name === 'Array' || name === 'Set') return text;
    const label = world.values.value(key);
    const plain = typeof label === 'object' ? shown(world, key, row, 0) : label;
    return `${plain}: ${text}`;
  });
  const inside = `${parts.join(', ')}${rest}`;
  if (name === 'Array') return `[${inside}]`;
  return name === 'Object' ? `{${inside}}` : `${name} {${inside}}`;
}
