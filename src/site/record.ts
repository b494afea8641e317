/** Records the scenarios and cuts the fonts: what `npm run dev` needs first. */
import { join } from 'node:path';
import { makeFonts } from './fonts.ts';
import { root } from './project.ts';
import { recordAll } from './record-all.ts';
import { count } from './words.ts';

const { scenarios } = await recordAll();
await makeFonts(join(root, '.cache', 'fonts'));
process.stderr.write(`Recorded ${count(scenarios, 'scenario')}\n`);
