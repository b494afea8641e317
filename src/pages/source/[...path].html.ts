/**
 * The text of every recorded file, highlighted, for the source view:
 * `source/runnable/<path>.html`, fetched when it is looked at.
 */
import type { APIRoute } from 'astro';
import { writtenChapters } from '../../site/chapters.ts';
import { sourceFragment } from '../../site/fragment.ts';
import { recordedAll } from '../../site/traces.ts';

interface Props {
  readonly file: string;
}

export async function getStaticPaths() {
  const chapters = await writtenChapters();
  const files = chapters.flatMap(({ id, data }) =>
    [...recordedAll(id, data.scenarios).values()].flatMap(({ trace }) =>
      trace.files.map(({ path }) => path),
    ),
  );
  return [...new Set(files)].map((file) => ({
    params: { path: file },
    props: { file } satisfies Props,
  }));
}

export const GET: APIRoute<Props> = async ({ props }) =>
  new Response(await sourceFragment(props.file), {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
