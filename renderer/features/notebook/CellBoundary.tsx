import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import { pageWords } from '#shared/messages/page.ts';

interface Props {
  readonly source: string;
  readonly children: ReactNode;
}

interface State {
  /** The text with which it broke; another one is tried at once. */
  readonly brokeAt: string | null;
  readonly hasBroken: boolean;
}

/** A bug in one cell's view takes that cell away and nothing else. */
export class CellBoundary extends Component<Props, State> {
  override state: State = { brokeAt: null, hasBroken: false };

  static getDerivedStateFromError(): Partial<State> {
    return { hasBroken: true };
  }

  static getDerivedStateFromProps({ source }: Props, { brokeAt, hasBroken }: State): Partial<State> | null {
    if (!hasBroken) return null;
    if (brokeAt === null) return { brokeAt: source };
    return brokeAt === source ? null : { brokeAt: null, hasBroken: false };
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  override render(): ReactNode {
    if (!this.state.hasBroken) return this.props.children;
    return (
      <div className="broken-cell">
        <p>{pageWords.brokenCell}</p>
        <pre>{this.props.source.slice(0, 50_000)}</pre>
        <Button onClick={() => this.setState({ brokeAt: null, hasBroken: false })}>
          {pageWords.brokenCellAgain}
        </Button>
      </div>
    );
  }
}
