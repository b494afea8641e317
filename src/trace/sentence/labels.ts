/**
 * Labels: a few words for the diagram of lanes.
 */
import { shortened } from '../index/texts.ts';

const widest = 34;

const verbs: Readonly<Record<string, string>> = {
  'store.updateStatus': 'write status of',
  'store.conflict': 'conflict on',
  'store.get': 'read',
  'watch.deliver': 'deliver',
  'queue.get': 'take',
  'queue.addAfter': 'later',
  'queue.addRateLimited': 'retry later',
  'chan.recv': 'receive',
  'select.one': 'select',
  'select.many': 'select',
  'bytes.eof': 'end of stream',
};

/** "create Route", "updatePod kill", "add default/a". */
export function labelOf(
  kind: string,
  variant: string,
  address: string,
  symbol: string,
): string {
  const subject = address.slice(kind.length + 1).replace(/ #\d+$/u, '');
  const [first = '', ...rest] = subject.split(' ');
  const verb = verbs[kind] ?? kind.slice(kind.indexOf('.') + 1);
  if (kind === 'line') return subject.slice(subject.lastIndexOf('/') + 1);
  if (kind === 'call' || kind === 'return' || kind === 'throw') {
    const name = symbol.slice(symbol.lastIndexOf('.') + 1);
    const words = [kind === 'call' ? '' : kind, name, ...rest];
    return clip(words.filter((word) => word !== '').join(' '));
  }
  if (kind === 'state') return clip(`${first} ${rest.at(-1) ?? ''}`);
  if (kind === 'log' || kind === 'event') return clip(`${kind} ${first}`);
  if (variant === 'block') return clip(`wait on ${subject}`);
  if (kind.startsWith('store.') || kind.startsWith('watch.')) {
    return clip(`${verb} ${first}`);
  }
  return clip(`${verb} ${rest.length > 0 ? rest.join(' ') : first}`);
}

function clip(text: string): string {
  return shortened(text, widest);
}
