import packageInfo from '../../package.json' with { type: 'json' };

/** Where newer versions are published; `null` until package.json names the project's home. */
export const releasePage: string | null =
  'homepage' in packageInfo && typeof packageInfo.homepage === 'string' && packageInfo.homepage !== ''
    ? `${packageInfo.homepage.replace(/\/$/, '')}/releases`
    : null;
