/**
 * `npm run test:unit`: every test that needs no page, in a process for each
 * folder of `tests/`, two at a time.
 *
 * A process a file would load the same modules again and again; one process
 * for all would use one core, and search everybody's garbage for each test.
 */
import { spawn } from 'node:child_process';
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { root } from './project.ts';

const folder = join(root, '.cache', 'tests');

/** What takes longest is begun first, so that nothing long is left alone. */
const longest = ['exercise', 'faults', 'chapter', 'stories.test.ts'];

/** Test files by the folder, or the file, of `tests/` that they belong to. */
function groups(): [string, string[]][] {
  const found = new Map(longest.map((name) => [name, [] as string[]]));
  const files = globSync('**/*.test.ts', { cwd: join(root, 'tests') });
  for (const path of files.sort()) {
    const [name = path] = path.split(sep);
    const group = found.get(name) ?? [];
    group.push(path.split(sep).join('/'));
    found.set(name, group);
  }
  return [...found];
}

/** Writes a file for each group, which imports those of the group. */
function writeGroups(): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return groups().map(([name, files], at) => {
    // Node begins files in the order of their names.
    const rank = String(at).padStart(2, '0');
    const path = join(folder, `${rank}-${name.replace(/\..*/, '')}.ts`);
    const lines = files.map((file) => `import '../../tests/${file}';\n`);
    writeFileSync(path, lines.join(''));
    return path;
  });
}

const words = ['--test', '--test-concurrency=2', ...process.argv.slice(2)];
const child = spawn(process.execPath, [...words, ...writeGroups()], {
  cwd: root,
  stdio: 'inherit',
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
