/** The recipes as they are, to be downloaded. */
import type { APIRoute } from 'astro';
import { recipes, recipeText } from '../../../site/recipes.ts';

export const getStaticPaths = () =>
  recipes().map(({ file }) => ({ params: { file } }));

export const GET: APIRoute = ({ params }) =>
  new Response(recipeText(params['file'] ?? ''), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
