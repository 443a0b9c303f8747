import { parentPort } from 'node:worker_threads';
import { solveTask } from './solve-task.ts';
import type { SolverTask } from './task.ts';

// Both ends of this port are our own code: the task was checked where it was read.
parentPort?.on('message', (task: SolverTask) => parentPort?.postMessage(solveTask(task)));
