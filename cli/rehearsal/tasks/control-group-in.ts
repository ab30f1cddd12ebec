import type { ControlGroup } from './control-group';
import type { ControlGroupFolders } from './control-group-folders';
import { ControlGroupVersion1 } from './control-group-version-1';
import { ControlGroupVersion2 } from './control-group-version-2';

/** The control group that stands in some folders. */
export function controlGroupIn(folders: ControlGroupFolders): ControlGroup {
  return folders.version === 1 ? new ControlGroupVersion1(folders) : new ControlGroupVersion2(folders.cpu);
}
