import { App } from 'aws-cdk-lib';
import { OfficeHours } from './office-hours';

new OfficeHours(new App(), 'OfficeHours');
