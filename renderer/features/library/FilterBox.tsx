import { Search } from 'lucide-react';
import { windowMessages } from '#shared/messages/window.ts';

const say = windowMessages.library;

export interface FilterBoxProps {
  readonly value: string;
  onValue(value: string): void;
  /** The arrow key that leads into the list. */
  onDown(): void;
}

export function FilterBox({ value, onValue, onDown }: FilterBoxProps) {
  return (
    <div className="filter-box">
      <Search size={14} aria-hidden />
      <input
        type="search"
        aria-label={say.filter}
        placeholder={say.filter}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation();
            onValue('');
          }
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            onDown();
          }
        }}
      />
    </div>
  );
}
