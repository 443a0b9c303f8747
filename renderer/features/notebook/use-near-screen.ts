import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

/** About two screens ahead, so that nobody scrolls faster than cells are drawn. */
const aheadPx = 2_000;

/** True once the element has come near the screen, and from then on. */
export function useNearScreen(element: RefObject<HTMLElement | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (isNear || !target) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setIsNear(true);
      },
      { root: target.closest('.page-area'), rootMargin: `${aheadPx}px 0px` },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, isNear]);
  return isNear;
}
