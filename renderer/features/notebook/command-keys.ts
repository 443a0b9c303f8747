/** What a key asks of the notebook while no text is being edited: Jupyter's habits. */
export type Command =
  | 'select-next'
  | 'select-previous'
  | 'edit'
  | 'run-or-next'
  | 'run-and-stay'
  | 'run-and-insert'
  | 'run-again'
  | 'insert-above'
  | 'insert-below'
  | 'delete'
  | 'undo-delete'
  | 'to-note'
  | 'to-problem'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'pin'
  | 'move-up'
  | 'move-down'
  | 'first'
  | 'last';

export interface KeyPress {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** On Apple keyboards: ⌘, which stands for Ctrl. */
  readonly meta: boolean;
  /** Held down and repeating. */
  readonly repeat: boolean;
}

/** The first half of a pair such as D D, and when it was pressed (monotonic). */
export interface PendingKey {
  readonly key: 'd' | 'r';
  readonly atMs: number;
}

export interface KeyResult {
  readonly command: Command | null;
  readonly pending: PendingKey | null;
}

/** The second key of a pair must follow within this time. */
export const pairWithinMs = 800;

const single: Readonly<Record<string, Command>> = {
  j: 'select-next',
  arrowdown: 'select-next',
  k: 'select-previous',
  arrowup: 'select-previous',
  home: 'first',
  end: 'last',
  enter: 'edit',
  a: 'insert-above',
  b: 'insert-below',
  z: 'undo-delete',
  m: 'to-note',
  y: 'to-problem',
  x: 'cut',
  c: 'copy',
  v: 'paste',
  p: 'pin',
};

const nothing: KeyResult = { command: null, pending: null };
const does = (command: Command): KeyResult => ({ command, pending: null });

/** One key press in command mode. Pure: the caller keeps `pending` and owns the clock. */
export function commandFor(press: KeyPress, pending: PendingKey | null, nowMs: number): KeyResult {
  const key = press.key.toLowerCase();
  const ctrl = press.ctrl || press.meta;
  if (key === 'enter') return enter(press, ctrl);
  if (ctrl && press.shift && !press.alt) {
    if (key === 'arrowup') return does('move-up');
    if (key === 'arrowdown') return does('move-down');
    return nothing;
  }
  // Every other chord belongs to the browser, the system or the window.
  if (ctrl || press.alt || press.shift) return nothing;
  if (key === 'd' || key === 'r') return pair(key, press.repeat, pending, nowMs);
  const command = single[key];
  if (command === undefined || (press.repeat && !isRepeatable(command))) return nothing;
  return does(command);
}

function enter(press: KeyPress, ctrl: boolean): KeyResult {
  // A key held down must not run, nor open, one cell after another.
  if (press.repeat) return nothing;
  if (press.shift && !ctrl && !press.alt) return does('run-or-next');
  if (ctrl && !press.shift && !press.alt) return does('run-and-stay');
  if (press.alt && !press.shift && !ctrl) return does('run-and-insert');
  return press.shift || press.alt || ctrl ? nothing : does('edit');
}

function pair(key: 'd' | 'r', isRepeat: boolean, pending: PendingKey | null, nowMs: number): KeyResult {
  if (isRepeat) return { command: null, pending };
  const isSecond = pending?.key === key && nowMs - pending.atMs <= pairWithinMs;
  if (isSecond) return does(key === 'd' ? 'delete' : 'run-again');
  return { command: null, pending: { key, atMs: nowMs } };
}

function isRepeatable(command: Command): boolean {
  return command === 'select-next' || command === 'select-previous';
}
