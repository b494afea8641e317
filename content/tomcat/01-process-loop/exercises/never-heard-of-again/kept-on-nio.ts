/** The three requests of `keep-alive` on the NIO connector. */
export { scenario } from '../three-again/kept-on-nio.ts';
