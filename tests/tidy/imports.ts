/**
 * Who may import whom, and that nobody imports himself by a detour.
 */
import { posix } from 'node:path';
import { parseSource } from '../../src/source/symbols.ts';
import type { SourceFile } from '../../src/source/ledger.ts';

interface Import {
  readonly specifier: string;
  /** A path of the project, or undefined for a package. */
  readonly target: string | undefined;
  /** Erased before the code runs. */
  readonly typeOnly: boolean;
}

const known = new WeakMap<SourceFile, readonly Import[]>();

/** Every static import and re-export of a file, and literal `import()`. */
function importsOf(file: SourceFile): readonly Import[] {
  const imports = known.get(file) ?? findImports(file);
  known.set(file, imports);
  return imports;
}

function findImports({ path, text }: SourceFile): Import[] {
  const one = (specifier: string, typeOnly: boolean): Import => ({
    specifier,
    target: specifier.startsWith('.')
      ? posix.join(posix.dirname(path), specifier)
      : undefined,
    typeOnly,
  });
  const fixed = parseSource(text, path).body.flatMap((statement) => {
    switch (statement.type) {
      case 'ImportDeclaration':
        return [one(statement.source.value, statement.importKind === 'type')];
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        return statement.source == null
          ? []
          : [one(statement.source.value, statement.exportKind === 'type')];
      default:
        return [];
    }
  });
  const late = [...text.matchAll(/\bimport\(\s*'(?<name>[^']+)'/g)];
  return [
    ...fixed,
    ...late.map(({ groups }) => one(groups?.['name'] ?? '', false)),
  ];
}

const sim = ['runnable/sim/', 'runnable/ports.ts'];
const api = [...sim, 'runnable/apiserver/'];
const clients = [...api, 'runnable/client-go/'];

/** What a folder may import: itself, and these. The first match counts. */
const allowed: readonly (readonly [string, readonly string[]])[] = [
  ['runnable/sim/', sim],
  ['runnable/ports.ts', []],
  ['runnable/apiserver/', api],
  ['runnable/client-go/', clients],
  ['runnable/knative/', clients],
  ['runnable/kubelet/', clients],
  ['runnable/cluster/', clients],
  ['runnable/tomcat/', sim],
  ['runnable/scenarios/', ['runnable/']],
];

/** Imports of a file that run against the direction of the house. */
export function wrongImports(file: SourceFile): string[] {
  const { path } = file;
  const [folder, others] = allowed.find(([name]) => path.startsWith(name)) ?? [
    undefined,
    [],
  ];
  return importsOf(file)
    .filter(({ target }) => {
      if (folder !== undefined) {
        return ![folder, ...others].some((name) => target?.startsWith(name));
      }
      return (
        target?.startsWith('tests/') === true && !path.startsWith('tests/')
      );
    })
    .map(({ specifier }) => `${path} imports ${specifier}`);
}

/** Imports of browser code that only Node has. */
export function nodeImports(file: SourceFile): string[] {
  return importsOf(file)
    .filter(({ specifier }) => specifier.startsWith('node:'))
    .map(({ specifier }) => `${file.path} imports ${specifier}`);
}

/** Circles of imports that are there when the code runs. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const edges = new Map(
    files.map((file) => [
      file.path,
      importsOf(file).flatMap(({ target, typeOnly }) =>
        target === undefined || typeOnly ? [] : [target],
      ),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, above: readonly string[]): void => {
    if (above.includes(path)) {
      cycles.push([...above.slice(above.indexOf(path)), path].join(' → '));
    }
    if (done.has(path) || above.includes(path)) return;
    for (const next of edges.get(path) ?? []) walk(next, [...above, path]);
    done.add(path);
  };
  for (const path of edges.keys()) walk(path, []);
  return cycles;
}
