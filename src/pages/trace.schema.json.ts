/** The trace format as a JSON Schema, for whoever reads our files. */
import type { APIRoute } from 'astro';
import schema from '../trace/schema.json';

export const GET: APIRoute = () =>
  new Response(`${JSON.stringify(schema, null, 2)}\n`, {
    headers: { 'content-type': 'application/schema+json' },
  });
