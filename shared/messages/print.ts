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
  /** How an answer ended that was sent whole but is none. */
  finish: {
    length: 'The answer reached the length limit and is incomplete.',
    'content-filter': 'The provider’s content filter ended this answer; it is incomplete.',
    refusal: 'The model declined to answer.',
    other: 'The answer ended for a reason the server did not give; it may be incomplete.',
  },
  damaged: {
    cell: 'This cell was damaged on the disk and is printed as it was found.',
    run: 'This run was damaged on the disk and is printed as it was found: text and figures may be wrong.',
    notebook:
      'Title and settings of this notebook were damaged on the disk and are printed as they were found.',
  },
  unfinished: 'Still being written when this was printed; the text so far.',
  barLabel: (parts: string) => `Time: ${parts}`,
};
