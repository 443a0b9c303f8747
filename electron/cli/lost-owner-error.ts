/** The process that had the library open ended while it answered us. */
export class LostOwnerError extends Error {
  readonly sentence: string;

  constructor(sentence: string, cause: unknown) {
    super(sentence, { cause });
    this.name = 'LostOwnerError';
    this.sentence = sentence;
  }
}
