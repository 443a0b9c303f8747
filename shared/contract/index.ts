import type {
  ContractRouterClient,
  InferContractRouterInputs,
  InferContractRouterOutputs,
} from '@orpc/contract';
import { app, exchange, settings } from './app.ts';
import { cells } from './cells.ts';
import { keys, models } from './models.ts';
import { changes, notebooks } from './notebooks.ts';
import { runs } from './runs.ts';

/** Everything a window or a command may ask of the backend. */
export const contract = { app, cells, changes, exchange, keys, models, notebooks, runs, settings };

export type Contract = typeof contract;
/** The contract as its callers see it; the window imports this type only, and no zod. */
export type BackendClient = ContractRouterClient<Contract>;
export type Inputs = InferContractRouterInputs<Contract>;
export type Outputs = InferContractRouterOutputs<Contract>;
