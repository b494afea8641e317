/**
 * An error as Java's `Throwable.toString` prints it: class, colon, message.
 */
export function javaToString(error: Error): string {
  const { javaName = 'java.lang.Error' } = error as { javaName?: string };
  return error.message === '' ? javaName : `${javaName}: ${error.message}`;
}
