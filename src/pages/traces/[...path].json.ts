/** The recordings, one file a scenario: `traces/<chapter>/<scenario>.json`. */
import type { APIRoute } from 'astro';
import { writtenChapters } from '../../site/chapters.ts';
import { traceText } from '../../site/traces.ts';

interface Props {
  readonly chapter: string;
  readonly scenario: string;
}

export async function getStaticPaths() {
  const chapters = await writtenChapters();
  return chapters.flatMap(({ id, data }) =>
    data.scenarios.map((scenario) => ({
      params: { path: `${id}/${scenario}` },
      props: { chapter: id, scenario } satisfies Props,
    })),
  );
}

export const GET: APIRoute<Props> = ({ props }) =>
  new Response(traceText(props.chapter, props.scenario), {
    headers: { 'content-type': 'application/json' },
  });
