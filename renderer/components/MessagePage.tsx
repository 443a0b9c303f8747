import type { ReactNode } from 'react';

export interface MessagePageProps {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

/** A page that says what happened and what can be done, in place of the one that was asked for. */
export function MessagePage({ title, text, children }: MessagePageProps) {
  return (
    <div className="message-page">
      <h1>{title}</h1>
      <p>{text}</p>
      {children && <div className="message-actions">{children}</div>}
    </div>
  );
}
