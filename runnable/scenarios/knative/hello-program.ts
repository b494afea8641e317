/**
 * The program of these chapters: greets whomever its environment names.
 */
import { answer } from '../../cluster/http.ts';
import type { Handler, HttpResponse } from '../../cluster/http.ts';
import type { Pod } from '../../cluster/types.ts';

/** What the program in a pod answers to a request for any path. */
export function helloProgram({ spec }: Pod): Handler {
  const [user] = spec?.containers ?? [];
  const { value = 'World' } =
    user?.env?.find(({ name }) => name === 'TARGET') ?? {};
  return () => greet(value);
}

/** The program, whatever path it is asked for. */
async function greet(target: string): Promise<HttpResponse> {
  return answer(200, `Hello ${target}!\n`);
}
