/** Branded identifiers: a cell id can never be passed where a run id is meant. */
type Branded<Name extends string> = string & { readonly __brand: Name };

export type NotebookId = Branded<'NotebookId'>;
export type CellId = Branded<'CellId'>;
export type RunId = Branded<'RunId'>;

/** One window or one command-line process; lets a client recognise its own changes in the feed. */
export type ClientId = Branded<'ClientId'>;

type AnyId = NotebookId | CellId | RunId | ClientId;

// The one global the domain needs that browsers and Node both have.
declare const crypto: { randomUUID(): string };

/** A new random id (UUID version 4). */
export function newId<Id extends AnyId>(): Id {
  return brand<Id>(crypto.randomUUID());
}

/** Accepts text that already passed a border check (a zod schema, a row of the store) as an id. */
export function brand<Id extends AnyId>(text: string): Id {
  // The only cast to an id in the project: brands exist for the compiler alone.
  return text as Id;
}
