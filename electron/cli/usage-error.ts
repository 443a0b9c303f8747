/** What was typed cannot be done; the sentence says why. Ends the command with exit code 2. */
export class UsageError extends Error {
  readonly sentence: string;

  constructor(sentence: string) {
    super(sentence);
    this.name = 'UsageError';
    this.sentence = sentence;
  }
}
