/** Why the browser shell turned a request away. */
export type DoorRefusal =
  | 'foreign-host'
  | 'foreign-page'
  | 'wrong-method'
  | 'wrong-token'
  | 'too-many-guesses'
  | 'no-cookie'
  | 'not-found'
  | 'not-built';

/** What a browser that was turned away is told. */
export const doorSentences: Readonly<Record<DoorRefusal, string>> = {
  'foreign-host': 'Scholium answers only to 127.0.0.1 and localhost.',
  'foreign-page': 'Scholium does not answer requests made by other pages.',
  'wrong-method': 'Scholium does not take this kind of request.',
  'wrong-token':
    'This address does not open Scholium: it belongs to an earlier start. Copy the newest address from the terminal in which Scholium runs.',
  'too-many-guesses': 'Too many wrong addresses were tried. Wait a minute, then open the right one again.',
  'no-cookie':
    'Scholium does not know this browser yet. Open the whole address that it printed in its terminal, with everything after the question mark.',
  'not-found': 'There is nothing at this address. Scholium itself is at the address without a path.',
  'not-built': 'The window has not been built yet. Run npm start, which builds it.',
};

export const shellSentences = {
  opening: 'Opening Scholium…',
  openIt: 'Open Scholium',
};
