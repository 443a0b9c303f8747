export { startHttpServer } from './http/http-server.ts';
export type { HttpServerOptions, RunningHttpServer } from './http/http-server.ts';
