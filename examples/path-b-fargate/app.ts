import { App } from 'aws-cdk-lib';
import { PathB } from './path-b';

new PathB(new App(), 'PathB');
