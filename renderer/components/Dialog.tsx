import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from './IconButton.tsx';

export interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  readonly children: ReactNode;
}

/** A modal dialog: keeps the focus inside, closes on Escape, gives the focus back. */
export function Dialog({ title, closeLabel, isOpen, onOpenChange, children }: DialogProps) {
  const openerRef = useRef<Element | null>(null);
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="dialog-veil">
          <Primitive.Content
            className="dialog"
            aria-describedby={undefined}
            onOpenAutoFocus={(event) => {
              openerRef.current = document.activeElement;
              // The dialog itself, so that it is read from its title on and no tooltip pops up.
              event.preventDefault();
              if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              if (openerRef.current instanceof HTMLElement) openerRef.current.focus();
            }}
          >
            <header className="dialog-head">
              <Primitive.Title className="dialog-title">{title}</Primitive.Title>
              <Primitive.Close asChild>
                <IconButton label={closeLabel} icon={<X size={16} aria-hidden />} />
              </Primitive.Close>
            </header>
            <div className="dialog-body">{children}</div>
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
