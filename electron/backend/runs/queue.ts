/** Lets at most a lane's limit of works be under way at once; the others wait in order of arrival. */
export interface Queue<LaneName extends string> {
  /** `work` must not reject; its lane's place is free again when it resolves. */
  add(lane: LaneName, id: string, work: () => Promise<void>): void;
  /** Takes out what still waits. False: it has begun, ended, or was never here. */
  remove(id: string): boolean;
  /** Takes out everything that waits, and begins nothing any more. */
  close(): void;
}

interface Waiting {
  readonly id: string;
  readonly work: () => Promise<void>;
}

interface Lane {
  underWay: number;
  waiting: Waiting[];
}

/**
 * A queue of lanes (one a provider) that knows nothing of what runs in them.
 * `onBug` is told when a work rejects; its place is freed all the same.
 */
export function createQueue<LaneName extends string>(
  limits: Readonly<Record<LaneName, number>>,
  onBug: (error: unknown) => void,
): Queue<LaneName> {
  const lanes = new Map<LaneName, Lane>();
  let isClosed = false;

  function laneOf(name: LaneName): Lane {
    const lane = lanes.get(name) ?? { underWay: 0, waiting: [] };
    lanes.set(name, lane);
    return lane;
  }

  function fill(name: LaneName): void {
    const lane = laneOf(name);
    while (!isClosed && lane.underWay < limits[name]) {
      const next = lane.waiting.shift();
      if (!next) return;
      lane.underWay += 1;
      void perform(name, next);
    }
  }

  async function perform(name: LaneName, { work }: Waiting): Promise<void> {
    try {
      await work();
    } catch (error) {
      onBug(error);
    } finally {
      laneOf(name).underWay -= 1;
      fill(name);
    }
  }

  return {
    add(name, id, work) {
      laneOf(name).waiting.push({ id, work });
      // Not before the caller is done: whoever adds a run first answers with it as queued.
      queueMicrotask(() => fill(name));
    },
    remove(id) {
      for (const lane of lanes.values()) {
        const index = lane.waiting.findIndex((waiting) => waiting.id === id);
        if (index >= 0) {
          lane.waiting.splice(index, 1);
          return true;
        }
      }
      return false;
    },
    close() {
      isClosed = true;
      for (const lane of lanes.values()) lane.waiting = [];
    },
  };
}
