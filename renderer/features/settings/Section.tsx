import { useId } from 'react';
import type { ReactNode } from 'react';

export interface SectionProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

export function Section({ title, hint, children }: SectionProps) {
  const id = useId();
  return (
    <section className="settings-section" aria-labelledby={id}>
      <div>
        <h3 id={id}>{title}</h3>
        {hint && <p className="field-note">{hint}</p>}
      </div>
      {children}
    </section>
  );
}
