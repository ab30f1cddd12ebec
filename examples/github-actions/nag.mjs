// cdk-nag over all stacks as they are in production; the exit code is 1 if it finds anything.
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { GitHubAccess } from './github-access.ts';
import { Shop } from './shop.ts';

const app = new App();
new Shop(app, 'Shop', { zoneName: 'example.com', hostedZoneId: 'Z00000000000000000000' });
new GitHubAccess(app, 'GitHubAccess', { repository: 'example/shop', environments: ['production'] });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
