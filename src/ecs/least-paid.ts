/** Fargate bills each task for a minute at least, however soon it ends (https://aws.amazon.com/fargate/pricing). */
export const LEAST_PAID_SECONDS = 60;
