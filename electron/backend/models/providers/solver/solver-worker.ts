import { parentPort } from 'node:worker_threads';
import { solveTask } from './solve-task.ts';
import type { SolverNews, SolverTask } from './task.ts';

const tell = (news: SolverNews): void => parentPort?.postMessage(news);

// Both ends of this port are our own code: the task was checked where it was read.
parentPort?.on('message', (task: SolverTask) => {
  tell({ type: 'begun' });
  tell(solveTask(task));
});
