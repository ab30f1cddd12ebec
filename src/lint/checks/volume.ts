import { field, items } from '../../plan/template/template-value';
import { TASK_DEFINITION } from '../template/ecs-service';
import { isUnknown, textOf } from '../template/values';
import { type Check, problem } from './check';

/** A mount point mounts a volume of the task definition. */
export const volume: Check = {
  id: 'volume',
  severity: 'error',
  finds: 'a mount point of a volume that the task definition does not have',
  consequence: 'ECS rejects the task definition',
  find: (template) =>
    template.ofType(TASK_DEFINITION).flatMap((taskDefinition) => {
      const volumes = taskDefinition.properties['Volumes'];
      const names = items(volumes).map((each) => textOf(field(each, 'Name')));
      const isOpen = items(volumes).some((each) => isUnknown(each) || isUnknown(field(each, 'Name')));
      const areKnown = !isOpen && (volumes === undefined || Array.isArray(volumes));
      if (!areKnown) return [];
      return items(taskDefinition.properties['ContainerDefinitions']).flatMap((container, index) =>
        items(field(container, 'MountPoints')).flatMap((mount, place) => {
          const name = textOf(field(mount, 'SourceVolume'));
          if (name === undefined || names.includes(name)) return [];
          const path = `ContainerDefinitions.${index}.MountPoints.${place}.SourceVolume`;
          return [
            problem(taskDefinition, path, `the task definition has no volume named '${name}'`, `add { "Name": "${name}" } to Volumes`),
          ];
        }),
      );
    }),
};
