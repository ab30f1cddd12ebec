import { afterAll } from 'vitest';
import { removeSynthesizedFolders } from './synthesized-folder';

// a setup file: it runs for each test file, also where test files share the modules that they import.
afterAll(removeSynthesizedFolders);
