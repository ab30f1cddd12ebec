import Ajv from 'ajv';
import { SCENARIO_SCHEMA } from './scenario-schema';

/** Compares a value with the schema of scenario files. The bundle has it compiled already: that takes longer than all else that reads a file. */
export const validateScenario = new Ajv({ allErrors: true, strict: false }).compile(SCENARIO_SCHEMA);
