import { assertNever } from '../domain/failure.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { createMarkupRenderer } from './renderer.ts';
import type { StreamRenderer } from './stream.ts';

/**
 * The worker's side of the protocol, for window and backend alike: returns what to do with each
 * message of the host. Rendering is synchronous; `post` gets word out in the middle of it.
 */
export function serveMarkup(post: (message: FromWorker) => void): (message: ToWorker) => void {
  let jobId = 0;
  let isCareful = false;
  const streams = new Map<number, StreamRenderer>();
  const renderer = createMarkupRenderer({
    onParsed: () => post({ type: 'parsed', jobId }),
    onBlock: (source) => post({ type: 'block', jobId, source: isCareful ? source : null }),
    onFormula: (formula) => {
      if (isCareful) post({ type: 'formula', jobId, formula });
    },
  });

  function work(message: Extract<ToWorker, { jobId: number }>): FromWorker {
    const { macros, output } = message;
    if (message.type === 'document') {
      return {
        type: 'document',
        jobId,
        document: renderer.renderDocument(message.source, { macros, output }),
      };
    }
    const known = message.isFirst ? undefined : streams.get(message.streamId);
    const stream = known ?? renderer.createStream({ macros, output });
    streams.set(message.streamId, stream);
    return { type: 'appended', jobId, ...stream.append(message.text) };
  }

  post({ type: 'ready' });
  return (message) => {
    switch (message.type) {
      case 'document':
      case 'append':
        ({ jobId, isCareful } = message);
        post({ type: 'started', jobId });
        try {
          post(work(message));
        } catch (error) {
          post({ type: 'failed', jobId, reason: error instanceof Error ? error.message : 'unknown' });
        }
        return;
      case 'close-stream':
        streams.delete(message.streamId);
        return;
      case 'condemn-formula':
        renderer.condemnFormula(message.formula);
        return;
      case 'condemn-block':
        renderer.condemnBlock(message.source);
        return;
      default:
        assertNever(message);
    }
  };
}
