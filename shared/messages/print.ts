/** A duration nobody observed is left out. */
const after = (duration: string | null): string => (duration === null ? '' : ` after ${duration}`);

/** Words of the printed page, beyond those of the receipts. */
export const printWords = {
  untitled: 'Untitled',
  problem: 'Problem',
  questionChanged: 'Question changed after this run.',
  cancelled: (duration: string | null) => `Cancelled${after(duration)}; the text so far.`,
  interrupted: (duration: string | null) => `Interrupted${after(duration)}; the text so far.`,
  failed: (duration: string | null) => `Failed${after(duration)}; the text so far.`,
  unfinished: 'Still being written when this was printed; the text so far.',
  barLabel: (parts: string) => `Time: ${parts}`,
};
