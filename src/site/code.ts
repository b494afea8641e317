/** The teaching code as a list to choose from. */
import { readProjectFile, teachingFiles } from './project.ts';

export interface CodeFile {
  /** Below the project. */
  readonly path: string;
  /** The first sentence of its header. */
  readonly role: string;
}

export interface CodeFolder {
  /** Below `runnable/`, such as `knative/reconciler/v1alpha1/service`. */
  readonly folder: string;
  readonly files: readonly CodeFile[];
}

/** Folders in the order in which they build on each other. */
const order = [
  'knative',
  'kubelet',
  'tomcat',
  'cluster',
  'client-go',
  'apiserver',
  'sim',
];

function rank(folder: string): number {
  const index = order.indexOf(folder.split('/')[0] ?? '');
  return index < 0 ? order.length : index;
}

/** Every file of `runnable/`, by folder; scenarios last. */
export function codeFolders(): CodeFolder[] {
  const folders = new Map<string, CodeFile[]>();
  for (const path of teachingFiles()) {
    const below = path.slice('runnable/'.length);
    const folder = below.includes('/')
      ? below.slice(0, below.lastIndexOf('/'))
      : '';
    const file = { path, role: roleOf(path) };
    const files = folders.get(folder);
    if (files === undefined) folders.set(folder, [file]);
    else files.push(file);
  }
  return [...folders]
    .map(([folder, files]) => ({ folder, files }))
    .sort((a, b) => rank(a.folder) - rank(b.folder));
}

/** The first sentence of a file's first comment; '' when it has none. */
export function roleOf(path: string): string {
  const text = readProjectFile(path);
  const comment = /^\/\*\*(?<text>.*?)\*\//s.exec(text)?.groups?.['text'] ?? '';
  const [first = ''] = comment
    .replaceAll(/^\s*\*/gm, '')
    .trim()
    .split(/\n\s*\n|\n\s*@/);
  const plain = first.replaceAll(/\s+/g, ' ').trim();
  return /^.*?\.(?=\s|$)/.exec(plain)?.[0] ?? plain;
}

/** Where the page of a file is. */
export const codePath = (path: string): string =>
  `/code/${path.replace(/^runnable\//, '')}/`;
