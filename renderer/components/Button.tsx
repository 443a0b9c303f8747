import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary`: the one thing to do here. `quiet`: without a border. Default: a plain bordered one. */
  readonly look?: 'plain' | 'quiet' | 'primary';
  readonly icon?: ReactNode;
}

export function Button({ look = 'plain', icon, className, children, ...others }: ButtonProps) {
  return (
    <button type="button" {...others} className={classNames('button', `button-${look}`, className)}>
      {icon}
      {children}
    </button>
  );
}
