/** What the checks put together: the student's class, and the real errors. */
export { AbstractProcessor } from '../../../../../runnable/tomcat/coyote/http11/upgrade/abstract-processor.ts';
export { IOException } from '../../../../../runnable/tomcat/java/exceptions.ts';
