/**
 * What follows a status in the first line of a response.
 */
const messages: ReadonlyMap<number, string> = new Map([
  [100, 'Continue'],
  [101, 'Switching Protocols'],
  [200, 'OK'],
  [204, 'No Content'],
  [302, 'Found'],
  [304, 'Not Modified'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [408, 'Request Timeout'],
  [411, 'Length Required'],
  [413, 'Request Entity Too Large'],
  [414, 'Request-URI Too Long'],
  [417, 'Expectation Failed'],
  [426, 'Upgrade Required'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [503, 'Service Unavailable'],
  [505, 'HTTP Version Not Supported'],
]);

/** Empty for a status that nobody named. */
export const getMessage = (status: number): string =>
  messages.get(status) ?? '';
