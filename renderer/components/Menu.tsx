import { DropdownMenu as Primitive } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  /** Shown at the right, such as `F2`; the key itself is handled elsewhere. */
  readonly keys?: string;
  onSelect(): void;
}

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
}

export function Menu({ trigger, items }: MenuProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
          {items.map((item) => (
            <Primitive.Item key={item.label} className="menu-item" onSelect={() => item.onSelect()}>
              <span className="menu-icon">{item.icon}</span>
              <span>{item.label}</span>
              {item.keys && <kbd className="menu-keys">{item.keys}</kbd>}
            </Primitive.Item>
          ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
