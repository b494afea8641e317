/** `npm run build`: records, renders, indexes and checks the site. */
import { buildSite } from './build-site.ts';

buildSite().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
