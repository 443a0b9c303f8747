import { X } from 'lucide-react';
import { Toast as Primitive } from 'radix-ui';
import { classNames } from './class-names.ts';
import { IconButton } from './IconButton.tsx';

export interface ToastItem {
  readonly id: number;
  readonly tone: 'info' | 'failure';
  readonly text: string;
  readonly action: { readonly label: string; run(): void } | null;
}

export interface ToastRegionProps {
  readonly label: string;
  readonly dismissLabel: string;
  readonly toasts: readonly ToastItem[];
  onDismiss(id: number): void;
}

/** Long enough to be read twice; pointing at a notice or focusing it holds it. */
const infoMs = 8_000;
const failureMs = 20_000;

/** Notices at the foot of the window; F8 moves the focus there. */
export function ToastRegion({ label, dismissLabel, toasts, onDismiss }: ToastRegionProps) {
  return (
    <Primitive.Provider label={label} swipeDirection="right">
      {toasts.map((toast) => (
        <Primitive.Root
          key={toast.id}
          className={classNames('toast', `toast-${toast.tone}`)}
          duration={toast.tone === 'failure' ? failureMs : infoMs}
          type={toast.tone === 'failure' ? 'foreground' : 'background'}
          onOpenChange={(isOpen) => {
            if (!isOpen) onDismiss(toast.id);
          }}
        >
          <Primitive.Description className="toast-text">{toast.text}</Primitive.Description>
          {toast.action && (
            <Primitive.Action asChild altText={toast.action.label}>
              <button type="button" className="toast-action" onClick={toast.action.run}>
                {toast.action.label}
              </button>
            </Primitive.Action>
          )}
          <Primitive.Close asChild>
            <IconButton label={dismissLabel} icon={<X size={14} aria-hidden />} />
          </Primitive.Close>
        </Primitive.Root>
      ))}
      <Primitive.Viewport className="toasts" />
    </Primitive.Provider>
  );
}
