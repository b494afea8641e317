/**
 * `tomcat/uri-template`: whether a path matches a template, or which template
 * out of several it finds.
 */
import { configOf } from '../../../runnable/tomcat/lab/lab.ts';
import { LogLines } from '../../../runnable/tomcat/juli/log.ts';
import { UriTemplate } from '../../../runnable/tomcat/websocket/server/uri-template.ts';
import { WsServerContainer } from '../../../runnable/tomcat/websocket/server/ws-server-container.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { ports } from '../../ports/ports.ts';
import { PortError } from '../port.ts';
import type { Port } from '../port.ts';
import { listOf, object, text } from '../schema/json-schema.ts';

interface Case {
  readonly template?: string;
  readonly templates?: readonly string[];
  readonly path: string;
}

export const port: Port = {
  schema: object({ template: text, templates: listOf(text), path: text }, [
    'path',
  ]),
  answer(document) {
    const { template, templates, path } = document as Case;
    if (template !== undefined && templates !== undefined) {
      throw new PortError('templates', 'expected no list beside a template');
    }
    return Promise.resolve(
      orError(() => {
        if (template !== undefined) return match(template, path);
        if (templates !== undefined) return choose(templates, path);
        throw new PortError('template', 'expected text, found nothing');
      }),
    );
  },
};

/** What Tomcat throws is an answer, too. */
export function orError(decide: () => object): object {
  try {
    return decide();
  } catch (error) {
    if (error instanceof PortError) throw error;
    const { name, message } = error as Error;
    return { error: `${name}: ${message}` };
  }
}

function match(template: string, path: string): object {
  const uriTemplate = new UriTemplate(template);
  const params = uriTemplate.match(new UriTemplate(path));
  return {
    params: params === undefined ? null : Object.fromEntries(params),
    normalized: uriTemplate.normalized,
    segments: uriTemplate.getSegmentCount(),
    hasParameters: uriTemplate.hasParameters(),
  };
}

function choose(templates: readonly string[], path: string): object {
  const sim = new Sim({ seed: 1 });
  const container = new WsServerContainer({ sim, ports, log: new LogLines() });
  for (const template of templates) {
    container.addEndpoint(
      configOf(template, {
        type: 'POJO',
        name: 'class java.lang.Object',
        newInstance: () => ({ onMessages: () => [] }),
      }),
    );
  }
  const found = container.findMapping(path);
  if (found === undefined) return { match: null };
  return {
    template: found.config.path,
    params: Object.fromEntries(found.pathParams),
  };
}
