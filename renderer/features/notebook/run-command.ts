import { assertNever } from '#shared/domain/failure.ts';
import type { CellId } from '#shared/domain/ids.ts';
import type { Command } from './command-keys.ts';
import type { PageCommands } from './page-context.ts';

/** Carries out what a key in command mode asked of the selected cell. */
export async function runCommand(
  command: Command,
  cellId: CellId,
  order: readonly CellId[],
  commands: PageCommands,
): Promise<void> {
  const at = order.indexOf(cellId);
  const select = (id: CellId | undefined): void => {
    if (id) commands.select(id);
  };
  switch (command) {
    case 'select-next':
      return select(order[at + 1]);
    case 'select-previous':
      return select(order[at - 1]);
    case 'first':
      return select(order[0]);
    case 'last':
      return select(order.at(-1));
    case 'edit':
      return commands.edit(cellId);
    case 'run-or-next':
      return commands.runByHabit(cellId, 'next');
    case 'run-and-stay':
      return commands.runByHabit(cellId, 'stay');
    case 'run-and-insert':
      return commands.runByHabit(cellId, 'insert');
    case 'run-again':
      return commands.run(cellId);
    case 'insert-above':
      return commands.insert('note', order[at - 1] ?? null);
    case 'insert-below':
      return commands.insert('note', cellId);
    case 'delete':
      return commands.remove(cellId);
    case 'undo-delete':
      return commands.undoRemove();
    case 'to-note':
      return commands.turnInto(cellId, 'note');
    case 'to-problem':
      return commands.turnInto(cellId, 'problem');
    case 'copy':
      return commands.copy(cellId);
    case 'cut':
      return commands.cut(cellId);
    case 'paste':
      return commands.paste(cellId);
    case 'pin':
      return commands.togglePin(cellId);
    case 'move-up':
      return commands.move(cellId, -1);
    case 'move-down':
      return commands.move(cellId, 1);
    default:
      return assertNever(command);
  }
}
