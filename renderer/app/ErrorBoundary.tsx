import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import { copyText } from '#renderer/components/copy-text.ts';
import { MessagePage } from '#renderer/components/MessagePage.tsx';
import { windowMessages } from '#shared/messages/window.ts';

const say = windowMessages.crash;

interface Props {
  /** What to add to the report; must not throw. */
  diagnostics(): Promise<string>;
  readonly children: ReactNode;
}

interface State {
  readonly error: unknown;
  readonly hasBroken: boolean;
  readonly isCopied: boolean;
}

/** A bug in a view ends here, on a page that says what is safe and what to do, never on a blank one. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, hasBroken: false, isCopied: false };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error, hasBroken: true };
  }

  #copy = async (): Promise<void> => {
    const text = `${await this.props.diagnostics()}\n${describeError(this.state.error)}`;
    await copyText(text);
    this.setState({ isCopied: true });
  };

  override render(): ReactNode {
    if (!this.state.hasBroken) return this.props.children;
    return (
      <main role="alert">
        <MessagePage title={say.title} text={say.text}>
          <Button look="primary" onClick={() => window.location.reload()}>
            {say.reload}
          </Button>
          <Button onClick={() => void this.#copy()}>{this.state.isCopied ? say.copied : say.copy}</Button>
          <details className="crash-details">
            <summary>{say.details}</summary>
            <pre>{describeError(this.state.error)}</pre>
          </details>
        </MessagePage>
      </main>
    );
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}
