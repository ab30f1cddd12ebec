import { App } from 'aws-cdk-lib';
import { GitHubAccess } from './github-access';

// deployed once, by a person: npx cdk deploy --app "npx tsx github-access-app.ts"
new GitHubAccess(new App(), 'GitHubAccess', { repository: 'example/shop', environments: ['production', 'nightly'] });
